package io.flintwheel.local.apiserver.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.flintwheel.local.apiserver.resource.ResourceType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a real server forgets when it stores an object. Its types are Go's, where an optional field
 * that is "", 0, false, [] or {} is one that was never set. Which fields are otherwise is told by
 * {@code zeros.txt}.
 */
public final class Zeros {

  private static final Map<String, Set<String>> STORED = read();

  private Zeros() {}

  /** Takes out of an object what would not be stored. */
  public static void drop(ResourceType type, ObjectNode object) {
    if (Schemas.of(type) instanceof Schema.Struct struct) {
      struct(struct, object);
    }
  }

  /** The fields that are stored though they are zero, by the name of their type. */
  static Map<String, Set<String>> stored() {
    return STORED;
  }

  private static void struct(Schema.Struct struct, ObjectNode object) {
    Map<String, Schema> fields = struct.fields();
    Set<String> stored = STORED.getOrDefault(struct.goName(), Set.of());
    object
        .properties()
        .removeIf(
            field -> {
              Schema schema = fields.get(field.getKey());
              if (schema == null) {
                return false;
              }
              value(schema, field.getValue());
              return !stored.contains(field.getKey()) && zero(schema, field.getValue());
            });
  }

  private static void value(Schema schema, JsonNode value) {
    if (schema instanceof Schema.Struct struct && value instanceof ObjectNode object) {
      struct(struct, object);
    } else if (schema instanceof Schema.Sequence sequence) {
      value.forEach(element -> value(sequence.element(), element));
    } else if (schema instanceof Schema.Dictionary dictionary && value instanceof ObjectNode map) {
      for (Map.Entry<String, JsonNode> entry : map.properties()) {
        value(dictionary.element(), entry.getValue());
        // A map of texts has no place for null.
        if (dictionary.element() instanceof Schema.Text && entry.getValue().isNull()) {
          entry.setValue(TextNode.valueOf(""));
        }
      }
    }
  }

  private static boolean zero(Schema schema, JsonNode value) {
    if (schema instanceof Schema.Text) {
      return value.isTextual() && value.textValue().isEmpty();
    }
    if (schema instanceof Schema.Numeric) {
      return value.isNumber() && value.doubleValue() == 0;
    }
    if (schema instanceof Schema.Flag) {
      return value.isBoolean() && !value.booleanValue();
    }
    boolean collection = schema instanceof Schema.Sequence || schema instanceof Schema.Dictionary;
    return collection && value.isContainerNode() && value.isEmpty();
  }

  private static Map<String, Set<String>> read() {
    Map<String, Set<String>> stored = new HashMap<>();
    try (InputStream file = Zeros.class.getResourceAsStream("zeros.txt")) {
      if (file == null) {
        throw new IllegalStateException("zeros.txt is not on the class path");
      }
      new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .map(line -> line.split(": ", 2))
          .forEach(line -> stored.put(line[0], Set.of(line[1].split(" "))));
    } catch (IOException e) {
      throw new UncheckedIOException("zeros.txt could not be read", e);
    }
    return Map.copyOf(stored);
  }
}
