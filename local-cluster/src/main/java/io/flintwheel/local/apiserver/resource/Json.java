package io.flintwheel.local.apiserver.resource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reading and making Jackson trees the way Kubernetes objects are shaped. */
public final class Json {

  public static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** The text at a path, or null when any step is missing or the end is not a scalar. */
  public static @Nullable String text(JsonNode node, String... path) {
    JsonNode found = at(node, path);
    return found.isValueNode() && !found.isNull() ? found.asText() : null;
  }

  /** The text at a path, or the empty string. */
  public static String textOrEmpty(JsonNode node, String... path) {
    String text = text(node, path);
    return text == null ? "" : text;
  }

  /** The node at a path; a missing node when there is none. */
  public static JsonNode at(JsonNode node, String... path) {
    JsonNode found = node;
    for (String step : path) {
      found = found.path(step);
    }
    return found;
  }

  /** The object at a path, made (with its parents) when it is missing or not an object. */
  public static ObjectNode objectAt(ObjectNode node, String... path) {
    ObjectNode found = node;
    for (String step : path) {
      found = found.get(step) instanceof ObjectNode next ? next : found.putObject(step);
    }
    return found;
  }

  /** The array of a field, made when it is missing. */
  public static ArrayNode arrayAt(ObjectNode node, String field) {
    return node.get(field) instanceof ArrayNode array ? array : node.putArray(field);
  }

  /** The objects of an array at a path; empty when there is none. */
  public static List<ObjectNode> objects(JsonNode node, String... path) {
    List<ObjectNode> objects = new ArrayList<>();
    for (JsonNode element : at(node, path)) {
      if (element instanceof ObjectNode object) {
        objects.add(object);
      }
    }
    return objects;
  }

  public static void putIfAbsent(ObjectNode node, String field, String value) {
    JsonNode present = node.get(field);
    if (present == null
        || present.isNull()
        || (present.isTextual() && present.asText().isEmpty())) {
      node.put(field, value);
    }
  }

  public static void putIfAbsent(ObjectNode node, String field, int value) {
    JsonNode present = node.get(field);
    if (present == null || present.isNull()) {
      node.put(field, value);
    }
  }

  public static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a JSON tree could not be written", e);
    }
  }

  public static JsonNode parse(byte[] bytes) throws IOException {
    return MAPPER.readTree(bytes);
  }
}
