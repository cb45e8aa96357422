package io.flintwheel.local.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.controller.Namespaces;
import io.flintwheel.local.apiserver.object.Conditions;
import io.flintwheel.local.apiserver.object.Objects;
import io.flintwheel.local.apiserver.object.Timestamps;
import io.flintwheel.local.apiserver.object.WriteOptions;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import io.flintwheel.local.apiserver.store.ObjectKey;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/**
 * Pods that had not ended when the server before this one did. Their processes, tokens and
 * configuration ended with it, so they come back as failed, and whoever asks for them is told why
 * they did not end otherwise. A pod that were gone would look deleted by somebody.
 */
final class LostPods {

  private static final int UNKNOWN_EXIT = 137;
  private static final String REASON = "NodeLost";
  private static final String MESSAGE =
      "The local cluster was stopped or killed before this pod ended, and pods end with it";

  private final Objects objects;
  private final Namespaces namespaces;
  private final Clock clock;

  LostPods(Objects objects, Namespaces namespaces, Clock clock) {
    this.objects = objects;
    this.namespaces = namespaces;
    this.clock = clock;
  }

  static boolean hasEnded(JsonNode pod) {
    return Set.of("Succeeded", "Failed").contains(Json.textOrEmpty(pod, "status", "phase"));
  }

  /** All in one task of the event loop: owners and what they own come back together. */
  void bringBack(List<ObjectNode> pods) {
    for (ObjectNode pod : pods) {
      String namespace = Json.textOrEmpty(pod, "metadata", "namespace");
      String name = Json.textOrEmpty(pod, "metadata", "name");
      requireNamespace(namespace);
      fail(pod);
      objects.store().put(ResourceTypes.PODS, new ObjectKey(namespace, name), pod);
    }
  }

  private void requireNamespace(String name) {
    if (objects.store().get(ResourceTypes.NAMESPACES, "", name) == null) {
      ObjectNode namespace = Json.object();
      namespace.putObject("metadata").put("name", name);
      objects
          .creation()
          .create(ResourceTypes.NAMESPACES, "", namespace, WriteOptions.CONTROL_PLANE);
      namespaces.furnish(name);
    }
  }

  private void fail(ObjectNode pod) {
    String now = Timestamps.now(clock);
    ObjectNode status = Json.objectAt(pod, "status");
    status.put("phase", "Failed").put("reason", REASON).put("message", MESSAGE);
    for (ObjectNode container : Json.objects(status, "containerStatuses")) {
      String startedAt = Json.text(container, "state", "running", "startedAt");
      container.put("ready", false).put("started", false);
      if (startedAt != null) {
        container
            .putObject("state")
            .putObject("terminated")
            .put("exitCode", UNKNOWN_EXIT)
            .put("reason", "ContainerStatusUnknown")
            .put("message", MESSAGE)
            .put("startedAt", startedAt)
            .put("finishedAt", now);
      }
    }
    if (status.has("containerStatuses")) {
      for (String type : List.of("Ready", "ContainersReady")) {
        ObjectNode condition = Conditions.of(pod, type);
        Conditions.set(condition, "False", now);
        condition.put("reason", "PodFailed").remove("message");
      }
    }
  }
}
