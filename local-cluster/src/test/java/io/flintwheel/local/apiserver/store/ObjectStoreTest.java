package io.flintwheel.local.apiserver.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import io.flintwheel.local.apiserver.store.Change.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectStoreTest {

  @Test
  void givesEachChangeARisingVersion() {
    ObjectStore store = new ObjectStore();
    StoredObject first = put(store, "a", "1");
    StoredObject second = put(store, "b", "1");

    StoredObject removed = store.remove(first);

    assertThat(List.of(first, second, removed))
        .extracting(StoredObject::resourceVersion)
        .containsExactly("1", "2", "3");
  }

  @Test
  void repeatsChangesAfterAVersion() {
    ObjectStore store = new ObjectStore();
    put(store, "a", "1");
    put(store, "a", "2");
    store.remove(put(store, "b", "1"));

    List<Change> changes = store.changesSince(ResourceTypes.CONFIG_MAPS, 1);

    assertThat(changes)
        .extracting(Change::kind)
        .containsExactly(Kind.MODIFIED, Kind.ADDED, Kind.DELETED);
  }

  @Test
  void forgetsOldChangesAndSaysSo() {
    ObjectStore store = new ObjectStore(2);
    put(store, "a", "1");
    put(store, "b", "1");

    put(store, "c", "1");

    assertThat(store.remembers(0)).isFalse();
    assertThat(store.remembers(1)).isTrue();
  }

  @Test
  void listsOneNamespaceWithoutItsNeighbours() {
    ObjectStore store = new ObjectStore();
    for (String namespace : List.of("a", "ab", "a-b", "b")) {
      store.put(ResourceTypes.CONFIG_MAPS, new ObjectKey(namespace, "x"), object("x", "1"));
    }

    assertThat(store.list(ResourceTypes.CONFIG_MAPS, "a")).hasSize(1);
    assertThat(store.list(ResourceTypes.CONFIG_MAPS, null)).hasSize(4);
  }

  @Test
  void writesListItemsWithoutTheirKind() {
    StoredObject stored = put(new ObjectStore(), "a", "1");

    String item = new String(stored.itemBytes(), StandardCharsets.UTF_8);

    assertThat(item).startsWith("{\"metadata\":").doesNotContain("\"kind\"");
  }

  private static StoredObject put(ObjectStore store, String name, String value) {
    return store.put(
        ResourceTypes.CONFIG_MAPS, new ObjectKey("default", name), object(name, value));
  }

  private static ObjectNode object(String name, String value) {
    ObjectNode object = Json.object().put("apiVersion", "v1").put("kind", "ConfigMap");
    object.putObject("metadata").put("name", name).put("uid", "uid-" + name);
    object.putObject("data").put("a", value);
    return object;
  }
}
