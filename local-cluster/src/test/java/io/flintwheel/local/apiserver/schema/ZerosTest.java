package io.flintwheel.local.apiserver.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZerosTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"spec": {"hostname": "", "hostNetwork": false, "nodeSelector": {}, "tolerations": []}} | {"spec": {}}
          {"spec": {"terminationGracePeriodSeconds": 0, "automountServiceAccountToken": false}} | {"spec": {"terminationGracePeriodSeconds": 0, "automountServiceAccountToken": false}}
          {"spec": {"volumes": [{"name": "a", "emptyDir": {"medium": ""}}]}} | {"spec": {"volumes": [{"name": "a", "emptyDir": {}}]}}
          {"metadata": {"labels": {"a": "", "b": null}}} | {"metadata": {"labels": {"a": "", "b": ""}}}
          {"metadata": {"managedFields": [{"subresource": "", "fieldsV1": {"f:a": {}}}]}} | {"metadata": {"managedFields": [{"fieldsV1": {"f:a": {}}}]}}
          {"status": {"containerStatuses": [{"name": "a", "ready": false, "restartCount": 0, "image": "", "containerID": ""}]}} | {"status": {"containerStatuses": [{"name": "a", "ready": false, "restartCount": 0, "image": ""}]}}
          """)
  void dropsWhatCountsAsNeverSet(String sent, String stored) throws IOException {
    ObjectNode pod = json(sent);

    Zeros.drop(ResourceTypes.PODS, pod);

    assertThat(pod).isEqualTo(json(stored));
  }

  @Test
  void knowsEveryFieldOfItsTableFromTheClientsClasses() {
    Map<String, Set<String>> fields = fieldsOfAllTypes();

    List<String> strangers = new ArrayList<>();
    Zeros.stored()
        .forEach(
            (type, names) ->
                names.stream()
                    .filter(name -> !fields.getOrDefault(type, Set.of()).contains(name))
                    .forEach(name -> strangers.add(type + "." + name)));

    assertThat(strangers).isEmpty();
  }

  private static Map<String, Set<String>> fieldsOfAllTypes() {
    Map<String, Set<String>> fields = new HashMap<>();
    Deque<Schema> due = new ArrayDeque<>();
    Set<Schema> seen = new HashSet<>();
    for (ResourceType type : ResourceTypes.all()) {
      due.add(Schemas.of(type));
    }
    while (!due.isEmpty()) {
      Schema next = due.remove();
      if (next instanceof Schema.Sequence sequence) {
        due.add(sequence.element());
      } else if (next instanceof Schema.Dictionary dictionary) {
        due.add(dictionary.element());
      } else if (next instanceof Schema.Struct struct && seen.add(struct)) {
        due.addAll(struct.fields().values());
        fields
            .computeIfAbsent(struct.goName(), unused -> new HashSet<>())
            .addAll(struct.fields().keySet());
      }
    }
    return fields;
  }

  private static ObjectNode json(String text) throws IOException {
    return (ObjectNode) Json.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
