package io.flintwheel.local.apiserver.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.admission.Admission;
import io.flintwheel.local.apiserver.patch.FieldOwners;
import io.flintwheel.local.apiserver.patch.FieldOwners.Writer;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.FieldError;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.resource.ResourceType.Trait;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import io.flintwheel.local.apiserver.store.ObjectStore;
import io.flintwheel.local.apiserver.store.StoredObject;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Replaces and patches objects. */
public final class Modification {

  /** Written by the server alone; what a client sends for them is ignored. */
  private static final List<String> SERVER_OWNED =
      List.of(
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "generation",
          "namespace");

  private final ObjectStore store;
  private final Admission admission;
  private final Clock clock;

  public Modification(ObjectStore store, Admission admission, Clock clock) {
    this.store = store;
    this.admission = admission;
    this.clock = clock;
  }

  /**
   * Which part of an object a request may change, and whether it is only tried.
   *
   * @param status true for the status subresource
   * @param patch true when a part of the object was sent, not all of it
   * @param requireVersion true when the new version must name the one it replaces
   * @param applied true when a server-side apply has noted already who owns what
   */
  public record Scope(
      boolean status,
      boolean patch,
      boolean requireVersion,
      boolean dryRun,
      boolean applied,
      Writer writer) {

    /** For what the control plane itself changes. */
    public static final Scope CONTROL_PLANE =
        new Scope(false, true, false, false, false, WriteOptions.CONTROL_PLANE.writer());
  }

  /**
   * Changes an object; a change that changes nothing keeps its version.
   *
   * @param change from a copy of the stored tree to the wanted one
   * @throws ApiFailure 409 when the wanted tree names another version or uid, 422 when it is wrong
   */
  public StoredObject modify(StoredObject current, Scope scope, UnaryOperator<ObjectNode> change) {
    ResourceType type = current.type();
    ObjectNode next = Shape.of(type, change.apply(current.copy()));
    checkIdentity(current, next, scope);
    keepServerOwned(current, next, scope.status());
    ObjectNode old = current.tree();
    if (!scope.status()) {
      admission.update(type, next, old);
    }
    checkFinalizers(current, next);
    JsonNode managers = old.path("metadata").path("managedFields");
    ObjectNode metadata = Json.objectAt(next, "metadata");
    if (!scope.applied()) {
      restore(metadata, managers);
    }
    if (sameContent(old, next)) {
      return current;
    }
    if (!scope.applied() && Creation.tracked(type)) {
      FieldOwners.recordUpdate(old, next, scope.writer(), Timestamps.now(clock));
    }
    boolean specChanged = !next.path("spec").equals(old.path("spec"));
    if (type.has(Trait.GENERATION) && specChanged) {
      metadata.put("generation", old.path("metadata").path("generation").asLong() + 1);
    }
    if (scope.dryRun()) {
      return new StoredObject(type, current.key(), next);
    }
    StoredObject stored = store.put(type, current.key(), next);
    return released(stored) ? store.remove(stored) : stored;
  }

  /** Nothing holds a deleted object any more: no finalizer, no grace period. */
  static boolean released(StoredObject object) {
    JsonNode metadata = object.tree().path("metadata");
    return object.terminating()
        && metadata.path("finalizers").isEmpty()
        && metadata.path("deletionGracePeriodSeconds").asLong() == 0
        && object.tree().path("spec").path("finalizers").isEmpty();
  }

  private static void checkIdentity(StoredObject current, ObjectNode next, Scope scope) {
    ResourceType type = current.type();
    String name = current.key().name();
    String uid = Json.textOrEmpty(next, "metadata", "uid");
    if (!uid.isEmpty() && !uid.equals(current.uid()) && scope.patch()) {
      throw ApiFailure.invalid(
          type, name, List.of(FieldError.invalid("metadata.uid", uid, "field is immutable")));
    }
    if (!uid.isEmpty() && !uid.equals(current.uid())) {
      throw ApiFailure.conflict(
          type,
          name,
          "Precondition failed: UID in precondition: "
              + uid
              + ", UID in object meta: "
              + current.uid());
    }
    String version = Json.textOrEmpty(next, "metadata", "resourceVersion");
    if (version.isEmpty() && scope.requireVersion()) {
      throw ApiFailure.invalid(
          type,
          name,
          List.of(
              FieldError.invalid(
                  "metadata.resourceVersion", 0, "must be specified for an update")));
    }
    if (!version.isEmpty() && !version.equals(current.resourceVersion())) {
      throw ApiFailure.modified(type, name);
    }
    String wanted = Json.textOrEmpty(next, "metadata", "name");
    if (!wanted.isEmpty() && !wanted.equals(name)) {
      throw ApiFailure.otherName(wanted, name);
    }
    String namespace = Json.textOrEmpty(next, "metadata", "namespace");
    if (!namespace.isEmpty() && !namespace.equals(current.key().namespace())) {
      throw ApiFailure.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
  }

  private static void keepServerOwned(StoredObject current, ObjectNode next, boolean status) {
    ObjectNode old = current.tree();
    ObjectNode metadata = Json.objectAt(next, "metadata");
    JsonNode oldMetadata = old.path("metadata");
    metadata.put("name", current.key().name());
    metadata.put("uid", current.uid());
    metadata.put("resourceVersion", current.resourceVersion());
    for (String field : SERVER_OWNED) {
      keep(metadata, oldMetadata, field);
    }
    if (status) {
      for (String field : List.of("spec", "data", "type")) {
        keep(next, old, field);
      }
      keep(metadata, oldMetadata, "ownerReferences");
    } else if (current.type().hasStatus()) {
      keep(next, old, "status");
    }
    if (current.type().equals(ResourceTypes.NAMESPACES)) {
      keep(next, old, "spec");
    }
  }

  private static void keep(ObjectNode next, JsonNode old, String field) {
    JsonNode kept = old.get(field);
    if (kept == null) {
      next.remove(field);
    } else {
      next.set(field, kept);
    }
  }

  private static void checkFinalizers(StoredObject current, ObjectNode next) {
    if (!current.terminating()) {
      return;
    }
    Set<String> known = new HashSet<>();
    current.tree().path("metadata").path("finalizers").forEach(f -> known.add(f.asText()));
    Set<String> added = new HashSet<>();
    next.path("metadata").path("finalizers").forEach(f -> added.add(f.asText()));
    added.removeAll(known);
    if (!added.isEmpty()) {
      throw ApiFailure.invalid(
          current.type(),
          current.key().name(),
          List.of(
              FieldError.forbidden(
                  "metadata.finalizers",
                  "no new finalizers can be added if the object is being deleted, found new"
                      + " finalizers []string{\""
                      + String.join("\", \"", added)
                      + "\"}")));
    }
  }

  private static void restore(ObjectNode metadata, JsonNode managers) {
    if (managers.isEmpty()) {
      metadata.remove("managedFields");
    } else {
      metadata.set("managedFields", managers);
    }
  }

  /** Equal but for the times at which managers wrote. */
  private static boolean sameContent(ObjectNode old, ObjectNode next) {
    return old.equals(next) || timeless(old).equals(timeless(next));
  }

  private static ObjectNode timeless(ObjectNode object) {
    ObjectNode copy = object.deepCopy();
    Json.objects(copy, "metadata", "managedFields").forEach(entry -> entry.remove("time"));
    return copy;
  }
}
