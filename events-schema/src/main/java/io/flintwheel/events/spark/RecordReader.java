package io.flintwheel.events.spark;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.events.Json;
import io.flintwheel.events.job.Problem;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON into records by walking the records' components.
 *
 * <p>Jackson's own binding stops at the first error and cannot warn; this goes on and collects. As
 * in Kubernetes, a field that is null counts as not given.
 */
final class RecordReader {

  private final List<Problem> errors;
  private final List<Problem> warnings;
  private final ScalarReader scalars;

  RecordReader(List<Problem> errors, List<Problem> warnings) {
    this.errors = errors;
    this.warnings = warnings;
    this.scalars = new ScalarReader(errors);
  }

  <T extends Record> T read(ObjectNode json, Class<T> type, String path) {
    T read = readKnown(json, type, path);
    Set<String> known = new LinkedHashSet<>();
    collectNames(type, known);
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      if (!known.contains(field.getKey())) {
        warnings.add(
            new Problem(
                path + "." + Json.abbreviate(field.getKey()),
                "unknown field, it has no effect",
                Suggestion.nearest(field.getKey(), known)
                    .map(name -> "perhaps '" + name + "' is meant")
                    .orElse(null)));
      }
    }
    return read;
  }

  private <T extends Record> T readKnown(ObjectNode json, Class<T> type, String path) {
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      values[i] =
          isInline(component)
              ? readKnown(json, component.getType().asSubclass(Record.class), path)
              : component(component, json.get(component.getName()), path);
    }
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new);
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record has its canonical constructor: " + type, e);
    }
  }

  private @Nullable Object component(
      RecordComponent component, @Nullable JsonNode value, String parent) {
    String path = parent + "." + component.getName();
    if (value == null || value.isNull()) {
      JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
      if (property != null && property.required()) {
        errors.add(
            new Problem(path, "is missing", scalars.describe(component.getType(), component)));
      }
      return absent(component.getType());
    }
    return value(value, component.getGenericType(), component, path);
  }

  private @Nullable Object value(
      JsonNode value, Type type, RecordComponent component, String path) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == List.class
          ? list(value, arguments[0], component, path)
          : map(value, arguments[1], component, path);
    }
    Class<?> simple = (Class<?>) type;
    if (simple == ObjectNode.class) {
      return object(value, path, "a Kubernetes document");
    }
    if (simple.isRecord()) {
      ObjectNode object = object(value, path, "an object");
      return object == null ? null : read(object, simple.asSubclass(Record.class), path);
    }
    return scalars.read(value, simple, component, path);
  }

  private List<Object> list(JsonNode value, Type type, RecordComponent component, String path) {
    if (!value.isArray()) {
      wrong(path, value, "a list");
      return List.of();
    }
    List<Object> elements = new ArrayList<>(value.size());
    for (int i = 0; i < value.size(); i++) {
      Object element = value(value.get(i), type, component, path + "[" + i + "]");
      if (element != null) {
        elements.add(element);
      }
    }
    return Collections.unmodifiableList(elements);
  }

  private Map<String, Object> map(
      JsonNode value, Type type, RecordComponent component, String path) {
    ObjectNode object = object(value, path, "an object");
    Map<String, Object> entries = new LinkedHashMap<>();
    if (object != null) {
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        String key = field.getKey();
        Object read =
            value(field.getValue(), type, component, path + "[" + Json.abbreviate(key) + "]");
        if (read != null) {
          entries.put(key, read);
        }
      }
    }
    return Collections.unmodifiableMap(entries);
  }

  private @Nullable ObjectNode object(JsonNode value, String path, String expected) {
    if (value instanceof ObjectNode object) {
      return object;
    }
    wrong(path, value, expected);
    return null;
  }

  private void wrong(String path, JsonNode value, String expected) {
    errors.add(new Problem(path, "is " + Json.kind(value), expected));
  }

  private static @Nullable Object absent(Class<?> type) {
    if (type == List.class) {
      return List.of();
    }
    return type == Map.class ? Map.of() : null;
  }

  private static void collectNames(Class<?> type, Set<String> names) {
    for (RecordComponent component : type.getRecordComponents()) {
      if (isInline(component)) {
        collectNames(component.getType(), names);
      } else {
        names.add(component.getName());
      }
    }
  }

  private static boolean isInline(RecordComponent component) {
    return component.getAccessor().isAnnotationPresent(JsonUnwrapped.class);
  }
}
