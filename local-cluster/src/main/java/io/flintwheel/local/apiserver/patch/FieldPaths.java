package io.flintwheel.local.apiserver.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The leaves of an object, each by its path in the notation of managedFields: {@code f:name} for a
 * field, {@code k:{"name":"x"}} for a list's element by its key, {@code v:"x"} for a set's member.
 */
final class FieldPaths {

  /** The element itself, beside the fields in it. */
  private static final String SELF = ".";

  private static final Set<String> UNOWNED_METADATA =
      Set.of(
          "name",
          "namespace",
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "selfLink",
          "managedFields");

  private FieldPaths() {}

  /** Every leaf that can have an owner, with its value. */
  static Map<List<String>, JsonNode> leaves(String kind, ObjectNode object) {
    Map<List<String>, JsonNode> leaves = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      String name = field.getKey();
      if (name.equals("metadata")) {
        for (Map.Entry<String, JsonNode> inner : field.getValue().properties()) {
          if (!UNOWNED_METADATA.contains(inner.getKey())) {
            collect(
                kind,
                "metadata." + inner.getKey(),
                List.of("f:metadata", "f:" + inner.getKey()),
                inner.getValue(),
                leaves);
          }
        }
      } else if (!name.equals("apiVersion") && !name.equals("kind")) {
        collect(kind, name, List.of("f:" + name), field.getValue(), leaves);
      }
    }
    return leaves;
  }

  private static void collect(
      String kind,
      String path,
      List<String> at,
      JsonNode value,
      Map<List<String>, JsonNode> leaves) {
    if (value instanceof ObjectNode object && !object.isEmpty()) {
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        collect(
            kind,
            path + "." + field.getKey(),
            with(at, "f:" + field.getKey()),
            field.getValue(),
            leaves);
      }
    } else if (value instanceof ArrayNode array && !array.isEmpty()) {
      elements(kind, path, at, array, leaves);
    } else {
      leaves.put(at, value);
    }
  }

  private static void elements(
      String kind,
      String path,
      List<String> at,
      ArrayNode array,
      Map<List<String>, JsonNode> leaves) {
    List<String> keys = ListKeys.applyKeys(kind, path);
    if (!keys.isEmpty()) {
      for (JsonNode element : array) {
        List<String> here = with(at, elementStep(element, keys));
        leaves.put(with(here, SELF), Json.object());
        for (Map.Entry<String, JsonNode> field : element.properties()) {
          collect(
              kind,
              path + "." + field.getKey(),
              with(here, "f:" + field.getKey()),
              field.getValue(),
              leaves);
        }
      }
    } else if (ListKeys.scalarSet(kind, path)) {
      for (JsonNode element : array) {
        leaves.put(with(at, "v:" + element), element);
      }
    } else {
      leaves.put(at, array);
    }
  }

  static String elementStep(JsonNode element, List<String> keys) {
    ObjectNode key = Json.object();
    for (String field : keys) {
      JsonNode value = element.path(field);
      if (!value.isMissingNode()) {
        key.set(field, value);
      } else if (field.equals("protocol")) {
        key.put(field, "TCP");
      }
    }
    return "k:" + key;
  }

  /** Takes the leaf at a path out of an object, and its parents that become empty by it. */
  static void remove(ObjectNode object, List<String> path) {
    removeFrom(object, path, 0);
  }

  private static boolean removeFrom(JsonNode node, List<String> path, int depth) {
    String step = path.get(depth);
    boolean last = depth == path.size() - 1;
    if (step.startsWith("f:") && node instanceof ObjectNode object) {
      String field = step.substring(2);
      JsonNode child = object.get(field);
      if (child != null && (last || removeFrom(child, path, depth + 1))) {
        object.remove(field);
      }
      return object.isEmpty();
    }
    if (node instanceof ArrayNode array) {
      removeElement(array, step, path, depth);
      return array.isEmpty();
    }
    return false;
  }

  private static void removeElement(ArrayNode array, String step, List<String> path, int depth) {
    for (int i = 0; i < array.size(); i++) {
      JsonNode element = array.get(i);
      if (step.startsWith("v:") ? step.equals("v:" + element) : named(element, step)) {
        boolean whole = depth == path.size() - 1 || path.get(depth + 1).equals(SELF);
        if (whole) {
          array.remove(i);
        } else {
          removeFrom(element, path, depth + 1);
        }
        return;
      }
    }
  }

  private static boolean named(JsonNode element, String step) {
    List<String> keys = new ArrayList<>();
    try {
      Json.parse(step.substring(2).getBytes(StandardCharsets.UTF_8))
          .fieldNames()
          .forEachRemaining(keys::add);
    } catch (IOException e) {
      throw new UncheckedIOException("a field path of our own could not be read", e);
    }
    return elementStep(element, keys).equals(step);
  }

  /** As the fieldsV1 tree of managedFields. */
  static ObjectNode tree(Set<List<String>> paths) {
    ObjectNode root = Json.object();
    for (List<String> path : paths) {
      ObjectNode node = root;
      for (String step : path) {
        node = Json.objectAt(node, step);
      }
    }
    return root;
  }

  /** From the fieldsV1 tree of managedFields. */
  static void read(JsonNode tree, List<String> at, Set<List<String>> paths) {
    if (tree.isEmpty() && !at.isEmpty()) {
      paths.add(at);
    }
    tree.properties().forEach(field -> read(field.getValue(), with(at, field.getKey()), paths));
  }

  /** For people: {@code .spec.containers[name="x"].image}. */
  static String shown(List<String> path) {
    StringBuilder shown = new StringBuilder();
    for (String step : path) {
      if (step.startsWith("f:")) {
        shown.append('.').append(step.substring(2));
      } else if (step.startsWith("k:{")) {
        shown
            .append('[')
            .append(step.substring(3, step.length() - 1).replaceAll("\"(\\w+)\":", "$1="))
            .append(']');
      } else if (step.startsWith("v:")) {
        shown.append('[').append(step.substring(2)).append(']');
      }
    }
    return shown.toString();
  }

  private static List<String> with(List<String> path, String step) {
    List<String> longer = new ArrayList<>(path.size() + 1);
    longer.addAll(path);
    longer.add(step);
    return List.copyOf(longer);
  }
}
