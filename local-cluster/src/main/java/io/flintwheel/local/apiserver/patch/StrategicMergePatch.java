package io.flintwheel.local.apiserver.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Kubernetes' own patch: like a merge patch, but lists whose elements have a key merge by it, and
 * directives ({@code $patch}, {@code $retainKeys}, {@code $deleteFromPrimitiveList/...}, {@code
 * $setElementOrder/...}) say the rest.
 */
public final class StrategicMergePatch {

  private static final String DIRECTIVE = "$patch";
  private static final String RETAIN = "$retainKeys";
  private static final String DELETE_SCALARS = "$deleteFromPrimitiveList/";
  private static final String ORDER = "$setElementOrder/";

  private final String kind;

  private StrategicMergePatch(String kind) {
    this.kind = kind;
  }

  /**
   * The target after the patch; the given tree is not changed.
   *
   * @throws ApiFailure 400 for a directive that does not exist, 422 for an element without its key
   */
  public static ObjectNode apply(String kind, ObjectNode target, ObjectNode patch) {
    return new StrategicMergePatch(kind).merge(target, patch, "");
  }

  private ObjectNode merge(ObjectNode target, ObjectNode patch, String path) {
    String directive = Json.textOrEmpty(patch, DIRECTIVE);
    if (directive.equals("replace")) {
      ObjectNode replacement = patch.deepCopy();
      replacement.remove(DIRECTIVE);
      return replacement;
    }
    if (directive.equals("delete")) {
      return Json.object();
    }
    if (!directive.isEmpty() && !directive.equals("merge")) {
      throw ApiFailure.badRequest("unknown patch type: " + directive);
    }
    ObjectNode result = target.deepCopy();
    retain(result, patch);
    for (Map.Entry<String, JsonNode> change : patch.properties()) {
      String field = change.getKey();
      JsonNode value = change.getValue();
      String at = path.isEmpty() ? field : path + "." + field;
      if (field.startsWith("$")) {
        directive(result, field, value);
      } else if (value.isNull()) {
        result.remove(field);
      } else if (value instanceof ObjectNode object) {
        mergeObject(result, field, object, at);
      } else if (value instanceof ArrayNode list) {
        ArrayNode merged = mergeList(result.path(field), list, at);
        result.set(field, ordered(merged, patch.path(ORDER + field), at));
      } else {
        result.set(field, value);
      }
    }
    orderUntouched(result, patch, path);
    return result;
  }

  private void mergeObject(ObjectNode result, String field, ObjectNode change, String at) {
    if (Json.textOrEmpty(change, DIRECTIVE).equals("delete")) {
      result.remove(field);
    } else {
      ObjectNode old = result.path(field) instanceof ObjectNode present ? present : Json.object();
      result.set(field, merge(old, change, at));
    }
  }

  /** Those that are not directives of lists are read elsewhere. */
  private static void directive(ObjectNode result, String name, JsonNode value) {
    if (name.startsWith(DELETE_SCALARS)) {
      deleteScalars(result, name.substring(DELETE_SCALARS.length()), value);
    }
  }

  private static void retain(ObjectNode result, ObjectNode patch) {
    if (patch.path(RETAIN) instanceof ArrayNode keys) {
      Set<String> kept = new LinkedHashSet<>();
      keys.forEach(key -> kept.add(key.asText()));
      result.retain(kept);
    }
  }

  private static void deleteScalars(ObjectNode result, String field, JsonNode values) {
    if (!(result.path(field) instanceof ArrayNode list)) {
      return;
    }
    ArrayNode kept = Json.array();
    for (JsonNode element : list) {
      boolean deleted = false;
      for (JsonNode value : values) {
        deleted |= value.equals(element);
      }
      if (!deleted) {
        kept.add(element);
      }
    }
    result.set(field, kept);
  }

  private ArrayNode mergeList(JsonNode present, ArrayNode patch, String path) {
    String key = ListKeys.mergeKey(kind, path);
    if (key.isEmpty()) {
      return ListKeys.scalarSet(kind, path) ? union(present, patch) : patch.deepCopy();
    }
    for (JsonNode element : patch) {
      if (Json.textOrEmpty(element, DIRECTIVE).equals("replace")) {
        return withoutDirectives(patch);
      }
    }
    List<JsonNode> merged = new ArrayList<>();
    present.forEach(merged::add);
    for (JsonNode element : patch) {
      if (!(element instanceof ObjectNode change)) {
        throw ApiFailure.badRequest("list element of " + path + " is not an object");
      }
      mergeElement(merged, change, key, path);
    }
    return Json.array().addAll(merged);
  }

  private void mergeElement(List<JsonNode> merged, ObjectNode change, String key, String path) {
    JsonNode wanted = change.path(key);
    if (wanted.isMissingNode()) {
      throw ApiFailure.unprocessable(
          "map: " + change + " does not contain declared merge key: " + key);
    }
    int found = -1;
    for (int i = 0; i < merged.size(); i++) {
      if (merged.get(i).path(key).asText().equals(wanted.asText())) {
        found = i;
        break;
      }
    }
    if (Json.textOrEmpty(change, DIRECTIVE).equals("delete")) {
      merged.removeIf(element -> element.path(key).asText().equals(wanted.asText()));
    } else if (found < 0) {
      merged.add(merge(Json.object(), change, path));
    } else {
      merged.set(found, merge((ObjectNode) merged.get(found), change, path));
    }
  }

  /** A list that is only reordered by the patch. */
  private void orderUntouched(ObjectNode result, ObjectNode patch, String path) {
    for (Map.Entry<String, JsonNode> change : patch.properties()) {
      if (change.getKey().startsWith(ORDER)) {
        String field = change.getKey().substring(ORDER.length());
        if (!patch.has(field) && result.path(field) instanceof ArrayNode list) {
          String at = path.isEmpty() ? field : path + "." + field;
          result.set(field, ordered(list, change.getValue(), at));
        }
      }
    }
  }

  /** Elements named by the order first and in it; the others keep their places after them. */
  private ArrayNode ordered(ArrayNode list, JsonNode order, String path) {
    if (!(order instanceof ArrayNode wanted)) {
      return list;
    }
    String key = ListKeys.mergeKey(kind, path);
    List<String> keys = key.isEmpty() ? List.of() : List.of(key);
    List<JsonNode> rest = new ArrayList<>();
    list.forEach(rest::add);
    ArrayNode result = Json.array();
    for (JsonNode next : wanted) {
      String name = keys.isEmpty() ? next.asText() : ListKeys.keyOf(next, keys);
      for (int i = 0; i < rest.size(); i++) {
        JsonNode element = rest.get(i);
        String other = keys.isEmpty() ? element.asText() : ListKeys.keyOf(element, keys);
        if (other.equals(name)) {
          result.add(element);
          rest.remove(i);
          break;
        }
      }
    }
    return result.addAll(rest);
  }

  private static ArrayNode union(JsonNode present, ArrayNode patch) {
    Set<JsonNode> values = new LinkedHashSet<>();
    present.forEach(values::add);
    patch.forEach(values::add);
    return Json.array().addAll(values);
  }

  private static ArrayNode withoutDirectives(ArrayNode patch) {
    ArrayNode result = Json.array();
    for (JsonNode element : patch) {
      if (element instanceof ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        copy.remove(DIRECTIVE);
        if (!copy.isEmpty()) {
          result.add(copy);
        }
      } else {
        result.add(element);
      }
    }
    return result;
  }
}
