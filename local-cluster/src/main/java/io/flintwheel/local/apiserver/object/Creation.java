package io.flintwheel.local.apiserver.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.admission.Admission;
import io.flintwheel.local.apiserver.admission.RandomSuffix;
import io.flintwheel.local.apiserver.patch.FieldOwners;
import io.flintwheel.local.apiserver.patch.ServerSideApply;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.FieldError;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.resource.ResourceType.Trait;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import io.flintwheel.local.apiserver.store.ObjectKey;
import io.flintwheel.local.apiserver.store.ObjectStore;
import io.flintwheel.local.apiserver.store.StoredObject;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Creates objects. */
public final class Creation {

  private static final int GENERATED_PREFIX_LIMIT = 63 - 5;
  private static final Set<ResourceType> KEEP_STATUS =
      Set.of(ResourceTypes.NODES, ResourceTypes.SERVICES);

  private final ObjectStore store;
  private final Admission admission;
  private final RandomSuffix suffix;
  private final Clock clock;

  public Creation(ObjectStore store, Admission admission, RandomSuffix suffix, Clock clock) {
    this.store = store;
    this.admission = admission;
    this.suffix = suffix;
    this.clock = clock;
  }

  /**
   * Completes, checks and stores a new object.
   *
   * @param namespace of the request, empty for types without namespaces
   * @throws ApiFailure 404, 403, 409, 422 or 400 as the real server says
   */
  public StoredObject create(
      ResourceType type, String namespace, ObjectNode body, WriteOptions options) {
    ObjectNode object = Shape.of(type, body);
    ObjectNode metadata = Json.objectAt(object, "metadata");
    requireNamespace(type, namespace, metadata);
    if (!options.dryRun() && !Json.textOrEmpty(metadata, "resourceVersion").isEmpty()) {
      throw ApiFailure.versionOfNewObject();
    }
    name(type, namespace, metadata);
    metadata.remove(
        List.of(
            "selfLink",
            "resourceVersion",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "generation",
            "managedFields"));
    metadata.put("uid", UUID.randomUUID().toString());
    metadata.put("creationTimestamp", Timestamps.now(clock));
    if (type.has(Trait.GENERATION)) {
      metadata.put("generation", 1);
    }
    if (type.hasStatus() && !KEEP_STATUS.contains(type)) {
      object.remove("status");
    }
    admission.create(type, namespace, object);
    ObjectKey key = new ObjectKey(namespace, metadata.get("name").asText());
    StoredObject present = store.get(type, key.namespace(), key.name());
    if (present != null) {
      throw ApiFailure.alreadyExists(type, key.name(), present.terminating());
    }
    if (options.applied()) {
      ServerSideApply.recordCreation(object, body, options.writer(), Timestamps.now(clock));
    } else if (tracked(type)) {
      FieldOwners.recordUpdate(Json.object(), object, options.writer(), Timestamps.now(clock));
    }
    return options.dryRun() ? new StoredObject(type, key, object) : store.put(type, key, object);
  }

  /** Who owns the fields of the objects that change all the time is of no use to anyone. */
  static boolean tracked(ResourceType type) {
    return !type.equals(ResourceTypes.EVENTS) && !type.equals(ResourceTypes.LEASES);
  }

  private void requireNamespace(ResourceType type, String namespace, ObjectNode metadata) {
    if (!type.namespaced()) {
      metadata.remove("namespace");
      return;
    }
    String own = Json.textOrEmpty(metadata, "namespace");
    if (!own.isEmpty() && !own.equals(namespace)) {
      throw ApiFailure.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
    metadata.put("namespace", namespace);
    StoredObject found =
        store
            .find(ResourceTypes.NAMESPACES, "", namespace)
            .orElseThrow(() -> ApiFailure.notFound(ResourceTypes.NAMESPACES, namespace));
    if (found.terminating()) {
      throw ApiFailure.forbidden(
          type,
          Json.textOrEmpty(metadata, "name"),
          "unable to create new content in namespace "
              + namespace
              + " because it is being terminated");
    }
  }

  private void name(ResourceType type, String namespace, ObjectNode metadata) {
    String prefix = Json.textOrEmpty(metadata, "generateName");
    if (!Json.textOrEmpty(metadata, "name").isEmpty()) {
      return;
    }
    if (prefix.isEmpty()) {
      throw ApiFailure.invalid(
          type,
          "",
          List.of(FieldError.required("metadata.name", "name or generateName is required")));
    }
    String kept =
        prefix.length() > GENERATED_PREFIX_LIMIT
            ? prefix.substring(0, GENERATED_PREFIX_LIMIT)
            : prefix;
    String name = kept + suffix.next();
    while (store.get(type, namespace, name) != null) {
      name = kept + suffix.next();
    }
    metadata.put("name", name);
  }
}
