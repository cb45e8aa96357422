package io.flintwheel.local.apiserver.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who owns which field of an object, as metadata.managedFields tells. */
public final class FieldOwners {

  /**
   * Who writes, and where.
   *
   * @param subresource empty for the object itself
   */
  public record Writer(String name, String subresource) {}

  private final String kind;
  private final String apiVersion;
  private final List<FieldOwner> owners = new ArrayList<>();

  private FieldOwners(JsonNode object) {
    kind = Json.textOrEmpty(object, "kind");
    apiVersion = Json.textOrEmpty(object, "apiVersion");
    for (JsonNode entry : object.path("metadata").path("managedFields")) {
      Set<List<String>> paths = new LinkedHashSet<>();
      FieldPaths.read(entry.path("fieldsV1"), List.of(), paths);
      owners.add(
          new FieldOwner(
              Json.textOrEmpty(entry, "manager"),
              Json.textOrEmpty(entry, "operation"),
              Json.textOrEmpty(entry, "subresource"),
              paths));
    }
  }

  static FieldOwners of(ObjectNode object) {
    return new FieldOwners(object);
  }

  /** Notes in a new version who changed what, the way a create, update or patch does. */
  public static void recordUpdate(ObjectNode old, ObjectNode next, Writer writer, String now) {
    FieldOwners owners = old.isEmpty() ? new FieldOwners(next) : new FieldOwners(old);
    if (old.isEmpty()) {
      owners.owners.clear();
    }
    Map<List<String>, JsonNode> before = FieldPaths.leaves(owners.kind, old);
    Map<List<String>, JsonNode> after = FieldPaths.leaves(owners.kind, next);
    Set<List<String>> changed = new LinkedHashSet<>();
    after.forEach(
        (path, value) -> {
          if (!value.equals(before.get(path))) {
            changed.add(path);
          }
        });
    if (!changed.isEmpty()) {
      owners.take(writer, changed);
    }
    for (FieldOwner owner : owners.owners) {
      owner.paths().retainAll(after.keySet());
    }
    owners.write(next, now);
  }

  /** Those who own a path beside a writer's own apply. */
  List<FieldOwner> others(List<String> path, Writer writer) {
    return owners.stream()
        .filter(owner -> !owner.is(writer, "Apply") && owner.paths().contains(path))
        .toList();
  }

  Set<List<String>> appliedBy(Writer writer) {
    return owners.stream()
        .filter(owner -> owner.is(writer, "Apply"))
        .findFirst()
        .map(FieldOwner::paths)
        .orElse(Set.of());
  }

  /** Makes a writer own exactly these by its apply, and those taken by force no one else. */
  void apply(Writer writer, Set<List<String>> paths, Set<List<String>> taken) {
    owners.removeIf(owner -> owner.is(writer, "Apply"));
    owners.forEach(owner -> owner.paths().removeAll(taken));
    owners.add(
        0,
        new FieldOwner(writer.name(), "Apply", writer.subresource(), new LinkedHashSet<>(paths)));
  }

  private void take(Writer writer, Set<List<String>> paths) {
    FieldOwner own = null;
    for (FieldOwner owner : owners) {
      if (owner.is(writer, "Update")) {
        own = owner;
      } else {
        owner.paths().removeAll(paths);
      }
    }
    if (own == null) {
      own = new FieldOwner(writer.name(), "Update", writer.subresource(), new LinkedHashSet<>());
      owners.add(own);
    }
    own.paths().addAll(paths);
  }

  void write(ObjectNode object, String now) {
    ArrayNode entries = Json.array();
    for (FieldOwner owner : owners) {
      if (owner.paths().isEmpty()) {
        continue;
      }
      ObjectNode entry = entries.addObject();
      entry
          .put("manager", owner.name())
          .put("operation", owner.operation())
          .put("apiVersion", apiVersion)
          .put("time", now)
          .put("fieldsType", "FieldsV1");
      entry.set("fieldsV1", FieldPaths.tree(owner.paths()));
      if (!owner.subresource().isEmpty()) {
        entry.put("subresource", owner.subresource());
      }
    }
    ObjectNode metadata = Json.objectAt(object, "metadata");
    if (entries.isEmpty()) {
      metadata.remove("managedFields");
    } else {
      metadata.set("managedFields", entries);
    }
  }
}
