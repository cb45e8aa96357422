package io.flintwheel.local.apiserver.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.store.ObjectStore;
import io.flintwheel.local.apiserver.store.StoredObject;
import java.time.Clock;
import java.util.List;

/** Gives pods to nodes. */
public final class PodBinding {

  private final ObjectStore store;
  private final Clock clock;

  public PodBinding(ObjectStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Gives a pod to a node.
   *
   * @throws ApiFailure 409 when the pod has a node already or is being deleted
   */
  public StoredObject bind(StoredObject pod, String node) {
    String name = pod.key().name();
    if (node.isEmpty()) {
      throw ApiFailure.badRequest("Binding: target.name: Required value");
    }
    if (pod.terminating()) {
      throw ApiFailure.conflict(
          pod.type(), name, "pod " + name + " is being deleted, cannot be assigned to a host");
    }
    String present = Json.textOrEmpty(pod.tree(), "spec", "nodeName");
    if (!present.isEmpty()) {
      throw ApiFailure.conflict(
          pod.type(), name, "pod " + name + " is already assigned to node \"" + present + "\"");
    }
    ObjectNode next = pod.copy();
    Json.objectAt(next, "spec").put("nodeName", node);
    ObjectNode scheduled = Conditions.of(next, "PodScheduled");
    Conditions.set(scheduled, "True", Timestamps.now(clock));
    scheduled.remove(List.of("reason", "message", "observedGeneration"));
    return store.put(pod.type(), pod.key(), next);
  }
}
