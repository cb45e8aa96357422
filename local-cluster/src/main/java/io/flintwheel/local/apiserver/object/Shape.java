package io.flintwheel.local.apiserver.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import java.util.List;

/** The form in which objects are stored: apiVersion, kind and metadata first, and no nulls. */
final class Shape {

  private static final List<String> METADATA_COLLECTIONS =
      List.of("labels", "annotations", "finalizers", "ownerReferences", "managedFields");
  private static final List<String> OMITTED_WHEN_EMPTY =
      List.of("data", "binaryData", "stringData", "secrets", "imagePullSecrets", "subjects");

  private Shape() {}

  static ObjectNode of(ResourceType type, ObjectNode body) {
    ObjectNode shaped = Json.object();
    shaped.put("apiVersion", type.apiVersion()).put("kind", type.kind());
    ObjectNode metadata = shaped.putObject("metadata");
    if (body.path("metadata") instanceof ObjectNode given) {
      metadata.setAll(given.deepCopy());
    }
    body.properties().stream()
        .filter(field -> !List.of("apiVersion", "kind", "metadata").contains(field.getKey()))
        .forEach(field -> shaped.set(field.getKey(), field.getValue().deepCopy()));
    dropNulls(shaped);
    dropEmpty(metadata, METADATA_COLLECTIONS);
    dropEmpty(shaped, OMITTED_WHEN_EMPTY);
    return shaped;
  }

  private static void dropEmpty(ObjectNode object, List<String> fields) {
    for (String field : fields) {
      JsonNode value = object.get(field);
      if (value != null && value.isContainerNode() && value.isEmpty()) {
        object.remove(field);
      }
    }
  }

  private static void dropNulls(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().removeIf(field -> field.getValue().isNull());
      object.forEach(Shape::dropNulls);
    } else if (node instanceof ArrayNode array) {
      array.forEach(Shape::dropNulls);
    }
  }
}
