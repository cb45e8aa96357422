package io.flintwheel.local.apiserver.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.patch.FieldOwners.Writer;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.FieldError;
import io.flintwheel.local.apiserver.resource.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Server-side apply: a writer says which fields it wants and how; fields that it wanted before and
 * no longer names go, and what others own is only taken by force.
 */
public final class ServerSideApply {

  private ServerSideApply() {}

  /**
   * A first version made by apply: the writer owns what it names.
   *
   * @param stored the version that is about to be stored
   */
  public static void recordCreation(
      ObjectNode stored, ObjectNode wanted, Writer writer, String now) {
    Json.objectAt(stored, "metadata").remove("managedFields");
    FieldOwners owners = FieldOwners.of(stored);
    owners.apply(
        writer, FieldPaths.leaves(Json.textOrEmpty(stored, "kind"), wanted).keySet(), Set.of());
    owners.write(stored, now);
  }

  /**
   * The next version of a live object.
   *
   * @throws ApiFailure 409 when a field that another owns would get another value
   */
  public static ObjectNode apply(
      ObjectNode live, ObjectNode wanted, Writer writer, boolean force, String now) {
    String kind = Json.textOrEmpty(live, "kind");
    FieldOwners owners = FieldOwners.of(live);
    Map<List<String>, JsonNode> values = FieldPaths.leaves(kind, live);
    Map<List<String>, JsonNode> named = FieldPaths.leaves(kind, wanted);
    Set<List<String>> taken = new HashSet<>();
    List<FieldError> conflicts = new ArrayList<>();
    named.forEach(
        (path, value) -> {
          JsonNode present = values.get(path);
          if (present != null && !present.equals(value)) {
            for (FieldOwner other : owners.others(path, writer)) {
              taken.add(path);
              conflicts.add(
                  new FieldError(
                      "FieldManagerConflict",
                      FieldPaths.shown(path),
                      "conflict with \"" + other.name() + "\"" + suffix(other)));
            }
          }
        });
    if (!conflicts.isEmpty() && !force) {
      throw ApiFailure.applyConflict(conflicts);
    }
    ObjectNode next = (ObjectNode) merge(kind, "", live, wanted);
    Set<List<String>> dropped = new LinkedHashSet<>(owners.appliedBy(writer));
    dropped.removeAll(named.keySet());
    for (List<String> path : dropped) {
      if (owners.others(path, writer).isEmpty()) {
        FieldPaths.remove(next, path);
      }
    }
    owners.apply(writer, named.keySet(), taken);
    owners.write(next, now);
    return next;
  }

  private static String suffix(FieldOwner other) {
    return other.operation().equals("Update")
        ? (other.subresource().isEmpty() ? "" : " with subresource \"" + other.subresource() + "\"")
            + " using v1"
        : "";
  }

  private static JsonNode merge(String kind, String path, JsonNode live, JsonNode wanted) {
    if (wanted instanceof ObjectNode changes) {
      ObjectNode result = live instanceof ObjectNode object ? object.deepCopy() : Json.object();
      for (Map.Entry<String, JsonNode> field : changes.properties()) {
        String at = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
        JsonNode old = result.path(field.getKey());
        result.set(field.getKey(), merge(kind, at, old, field.getValue()));
      }
      return result;
    }
    if (wanted instanceof ArrayNode changes && live instanceof ArrayNode present) {
      return mergeList(kind, path, present, changes);
    }
    return wanted.deepCopy();
  }

  private static ArrayNode mergeList(
      String kind, String path, ArrayNode present, ArrayNode wanted) {
    List<String> keys = ListKeys.applyKeys(kind, path);
    if (keys.isEmpty()) {
      if (!ListKeys.scalarSet(kind, path)) {
        return wanted.deepCopy();
      }
      Set<JsonNode> union = new LinkedHashSet<>();
      present.forEach(union::add);
      wanted.forEach(union::add);
      return Json.array().addAll(union);
    }
    ArrayNode result = present.deepCopy();
    for (JsonNode element : wanted) {
      String step = FieldPaths.elementStep(element, keys);
      int found = -1;
      for (int i = 0; i < result.size(); i++) {
        if (FieldPaths.elementStep(result.get(i), keys).equals(step)) {
          found = i;
        }
      }
      if (found < 0) {
        result.add(element.deepCopy());
      } else {
        result.set(found, merge(kind, path, result.get(found), element));
      }
    }
    return result;
  }
}
