package io.flintwheel.local.apiserver.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.Golden;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import io.flintwheel.local.apiserver.store.ObjectKey;
import io.flintwheel.local.apiserver.store.StoredObject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code kubectl get} prints, cell by cell as a real server gives it. */
class TablesTest {

  private static final Map<String, ResourceType> TYPES =
      Map.of(
          "pods", ResourceTypes.PODS,
          "services", ResourceTypes.SERVICES,
          "configmaps", ResourceTypes.CONFIG_MAPS,
          "secrets", ResourceTypes.SECRETS,
          "serviceaccounts", ResourceTypes.SERVICE_ACCOUNTS,
          "nodes", ResourceTypes.NODES,
          "rolebindings", ResourceTypes.ROLE_BINDINGS,
          "leases", ResourceTypes.LEASES);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pods",
        "services",
        "configmaps",
        "secrets",
        "serviceaccounts",
        "nodes",
        "rolebindings",
        "leases"
      })
  void showsWhatARealServerShows(String name) throws IOException {
    ObjectNode golden = Golden.json("tables/" + name + ".json");
    Clock clock = Clock.fixed(Instant.parse(golden.path("now").asText()), ZoneOffset.UTC);

    ObjectNode table =
        new Tables(clock)
            .of(TYPES.get(name), objects(TYPES.get(name), golden), Json.object(), "None", true);

    JsonNode shown = Json.parse(Json.bytes(table));
    ArrayNode columns = Json.array();
    for (JsonNode column : shown.path("columnDefinitions")) {
      columns
          .addArray()
          .add(column.path("name"))
          .add(column.path("type"))
          .add(column.path("format"))
          .add(column.path("priority"));
    }
    ArrayNode rows = Json.array();
    shown.path("rows").forEach(row -> rows.add(row.path("cells")));
    assertThat(columns).isEqualTo(golden.path("columns"));
    assertThat(rows).isEqualTo(golden.path("rows"));
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT1M59S, 119s",
    "PT2M, 2m",
    "PT2M1S, 2m1s",
    "PT9M59S, 9m59s",
    "PT10M1S, 10m",
    "PT2H59M59S, 179m",
    "PT3H, 3h",
    "PT7H59M, 7h59m",
    "PT47H59M, 47h",
    "PT48H, 2d",
    "PT49H, 2d1h",
    "PT192H, 8d",
    "PT-1S, 0s",
    "PT-2S, <invalid>"
  })
  void writesAnAgeAsKubectlDoes(Duration age, String written) {
    assertThat(Ages.of(age)).isEqualTo(written);
  }

  private static List<StoredObject> objects(ResourceType type, ObjectNode golden) {
    List<StoredObject> objects = new ArrayList<>();
    for (JsonNode object : golden.path("objects")) {
      JsonNode metadata = object.path("metadata");
      ObjectKey key =
          new ObjectKey(
              Json.textOrEmpty(metadata, "namespace"), Json.textOrEmpty(metadata, "name"));
      objects.add(new StoredObject(type, key, (ObjectNode) object));
    }
    return objects;
  }
}
