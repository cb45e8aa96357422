package io.flintwheel.local.apiserver.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.object.DeleteOptions.Propagation;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.resource.ResourceType.Trait;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import io.flintwheel.local.apiserver.store.ObjectStore;
import io.flintwheel.local.apiserver.store.StoredObject;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;

/** Deletes objects: at once, after a grace period, or when their finalizers are gone. */
public final class Deletion {

  public static final String FOREGROUND = "foregroundDeletion";
  public static final String ORPHAN = "orphan";

  private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");
  private static final long DEFAULT_GRACE_SECONDS = 30;

  private final ObjectStore store;
  private final Clock clock;

  public Deletion(ObjectStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * What a deletion came to.
   *
   * @param object the last version that can be seen
   * @param gone false when the object waits for a grace period or a finalizer
   */
  public record Result(StoredObject object, boolean gone) {}

  /**
   * Deletes an object, or begins to.
   *
   * @throws ApiFailure 409 when a precondition does not hold, 403 for a namespace that must stay
   */
  public Result delete(StoredObject object, DeleteOptions options) {
    if (object.type().equals(ResourceTypes.NAMESPACES) && IMMORTAL.contains(object.key().name())) {
      throw ApiFailure.forbidden(
          object.type(), object.key().name(), "this namespace may not be deleted");
    }
    checkPreconditions(object, options);
    long grace = grace(object, options);
    ObjectNode next = object.copy();
    ObjectNode metadata = Json.objectAt(next, "metadata");
    if (object.terminating()) {
      long left = metadata.path("deletionGracePeriodSeconds").asLong();
      if (options.gracePeriodSeconds().isEmpty() || grace >= left) {
        return new Result(object, false);
      }
      Instant asked = Instant.parse(metadata.get("deletionTimestamp").asText()).minusSeconds(left);
      metadata.put("deletionTimestamp", Timestamps.of(asked.plusSeconds(grace)));
    } else {
      metadata.put("deletionTimestamp", Timestamps.of(clock.instant().plusSeconds(grace)));
      hold(metadata, options.propagation());
      terminateNamespace(object.type(), next);
    }
    metadata.put("deletionGracePeriodSeconds", grace);
    if (object.type().has(Trait.GENERATION) && !object.terminating()) {
      metadata.put("generation", metadata.path("generation").asLong() + 1);
    }
    StoredObject marked = new StoredObject(object.type(), object.key(), next);
    boolean gone = Modification.released(marked);
    if (options.dryRun()) {
      return new Result(marked, gone);
    }
    return gone
        ? new Result(store.remove(object.terminating() ? marked : object), true)
        : new Result(store.put(object.type(), object.key(), next), false);
  }

  private static void checkPreconditions(StoredObject object, DeleteOptions options) {
    String name = object.key().name();
    if (options.uid() != null && !options.uid().equals(object.uid())) {
      throw ApiFailure.precondition(
          object.type(),
          name,
          "the UID in the precondition ("
              + options.uid()
              + ") does not match the UID in record ("
              + object.uid()
              + "). The object might have been deleted and then recreated");
    }
    if (options.resourceVersion() != null
        && !options.resourceVersion().equals(object.resourceVersion())) {
      throw ApiFailure.precondition(
          object.type(),
          name,
          "the ResourceVersion in the precondition ("
              + options.resourceVersion()
              + ") does not match the ResourceVersion in record ("
              + object.resourceVersion()
              + "). The object might have been modified");
    }
  }

  /** Only pods on a node that have not ended take their time. */
  private static long grace(StoredObject object, DeleteOptions options) {
    if (!object.type().equals(ResourceTypes.PODS)) {
      return 0;
    }
    JsonNode pod = object.tree();
    boolean unscheduled = Json.textOrEmpty(pod, "spec", "nodeName").isEmpty();
    boolean ended =
        Set.of("Succeeded", "Failed").contains(Json.textOrEmpty(pod, "status", "phase"));
    if (unscheduled || ended) {
      return 0;
    }
    long grace =
        options
            .gracePeriodSeconds()
            .orElse(
                pod.path("spec")
                    .path("terminationGracePeriodSeconds")
                    .asLong(DEFAULT_GRACE_SECONDS));
    // The real server's reading of a negative time.
    return grace < 0 ? 1 : grace;
  }

  private static void hold(ObjectNode metadata, Propagation propagation) {
    switch (propagation) {
      case FOREGROUND -> Json.arrayAt(metadata, "finalizers").add(FOREGROUND);
      case ORPHAN -> Json.arrayAt(metadata, "finalizers").add(ORPHAN);
      case BACKGROUND -> {}
    }
  }

  private static void terminateNamespace(ResourceType type, ObjectNode next) {
    if (type.equals(ResourceTypes.NAMESPACES)) {
      Json.objectAt(next, "status").put("phase", "Terminating");
    }
  }
}
