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
public final class Managers {

  /**
   * Who writes, and where.
   *
   * @param subresource empty for the object itself
   */
  public record Writer(String name, String subresource) {}

  /** What one writer owns by one kind of write. */
  record Manager(String name, String operation, String subresource, Set<List<String>> paths) {

    boolean is(Writer writer, String otherOperation) {
      return name.equals(writer.name())
          && subresource.equals(writer.subresource())
          && operation.equals(otherOperation);
    }
  }

  private final String kind;
  private final String apiVersion;
  private final List<Manager> managers = new ArrayList<>();

  private Managers(JsonNode object) {
    kind = Json.textOrEmpty(object, "kind");
    apiVersion = Json.textOrEmpty(object, "apiVersion");
    for (JsonNode entry : object.path("metadata").path("managedFields")) {
      Set<List<String>> paths = new LinkedHashSet<>();
      FieldPaths.read(entry.path("fieldsV1"), List.of(), paths);
      managers.add(
          new Manager(
              Json.textOrEmpty(entry, "manager"),
              Json.textOrEmpty(entry, "operation"),
              Json.textOrEmpty(entry, "subresource"),
              paths));
    }
  }

  static Managers of(ObjectNode object) {
    return new Managers(object);
  }

  /** Notes in a new version who changed what, the way a create, update or patch does. */
  public static void recordUpdate(ObjectNode old, ObjectNode next, Writer writer, String now) {
    Managers managers = old.isEmpty() ? new Managers(next) : new Managers(old);
    if (old.isEmpty()) {
      managers.managers.clear();
    }
    Map<List<String>, JsonNode> before = FieldPaths.leaves(managers.kind, old);
    Map<List<String>, JsonNode> after = FieldPaths.leaves(managers.kind, next);
    Set<List<String>> changed = new LinkedHashSet<>();
    after.forEach(
        (path, value) -> {
          if (!value.equals(before.get(path))) {
            changed.add(path);
          }
        });
    if (!changed.isEmpty()) {
      managers.take(writer, changed);
    }
    for (Manager manager : managers.managers) {
      manager.paths().retainAll(after.keySet());
    }
    managers.write(next, now);
  }

  /** Those who own a path beside a writer's own apply. */
  List<Manager> others(List<String> path, Writer writer) {
    return managers.stream()
        .filter(manager -> !manager.is(writer, "Apply") && manager.paths().contains(path))
        .toList();
  }

  Set<List<String>> appliedBy(Writer writer) {
    return managers.stream()
        .filter(manager -> manager.is(writer, "Apply"))
        .findFirst()
        .map(Manager::paths)
        .orElse(Set.of());
  }

  /** Makes a writer own exactly these by its apply, and those taken by force no one else. */
  void apply(Writer writer, Set<List<String>> paths, Set<List<String>> taken) {
    managers.removeIf(manager -> manager.is(writer, "Apply"));
    managers.forEach(manager -> manager.paths().removeAll(taken));
    managers.add(
        0, new Manager(writer.name(), "Apply", writer.subresource(), new LinkedHashSet<>(paths)));
  }

  private void take(Writer writer, Set<List<String>> paths) {
    Manager own = null;
    for (Manager manager : managers) {
      if (manager.is(writer, "Update")) {
        own = manager;
      } else {
        manager.paths().removeAll(paths);
      }
    }
    if (own == null) {
      own = new Manager(writer.name(), "Update", writer.subresource(), new LinkedHashSet<>());
      managers.add(own);
    }
    own.paths().addAll(paths);
  }

  void write(ObjectNode object, String now) {
    ArrayNode entries = Json.array();
    for (Manager manager : managers) {
      if (manager.paths().isEmpty()) {
        continue;
      }
      ObjectNode entry = entries.addObject();
      entry
          .put("manager", manager.name())
          .put("operation", manager.operation())
          .put("apiVersion", apiVersion)
          .put("time", now)
          .put("fieldsType", "FieldsV1");
      entry.set("fieldsV1", FieldPaths.tree(manager.paths()));
      if (!manager.subresource().isEmpty()) {
        entry.put("subresource", manager.subresource());
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
