package io.flintwheel.local.apiserver.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.schema.Zeros;
import java.util.List;

/** The form in which objects are stored: apiVersion, kind and metadata first, nothing unset. */
final class Shape {

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
    Zeros.drop(type, shaped);
    dropNulls(shaped);
    return shaped;
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
