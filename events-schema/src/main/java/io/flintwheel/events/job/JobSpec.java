package io.flintwheel.events.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.events.EventId;
import java.util.TreeMap;

/**
 * A job's specification as its publisher wrote it: a v1beta2 {@code SparkApplicationSpec}.
 *
 * <p>It is kept as the JSON document it came as, so that nothing a publisher wrote is lost on the
 * way; {@code io.flintwheel.events.spark} reads it into types.
 */
public final class JobSpec {

  private final ObjectNode json;

  private JobSpec(ObjectNode json) {
    this.json = json;
  }

  @JsonCreator
  public static JobSpec of(JsonNode json) {
    if (!(json instanceof ObjectNode object)) {
      throw new IllegalArgumentException(
          "spec must be a JSON object, not "
              + json.getNodeType().name().toLowerCase(java.util.Locale.ROOT));
    }
    return new JobSpec(object.deepCopy());
  }

  /** A copy of the document. */
  @JsonValue
  public ObjectNode json() {
    return json.deepCopy();
  }

  /** SHA-256 of the document with sorted keys: equal for documents that mean the same. */
  public String digest() {
    return EventId.digest(sorted(json));
  }

  private static JsonNode sorted(JsonNode node) {
    if (node instanceof ObjectNode object) {
      TreeMap<String, JsonNode> fields = new TreeMap<>();
      object.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      copy.setAll(fields);
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      array.forEach(element -> copy.add(sorted(element)));
      return copy;
    }
    return node;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JobSpec spec && json.equals(spec.json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  /** Tells nothing of the content: a specification can hold secrets. */
  @Override
  public String toString() {
    return "JobSpec[sha256=" + digest().substring(0, 12) + "]";
  }
}
