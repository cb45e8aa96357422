package io.flintwheel.local.apiserver.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.object.Conditions;
import io.flintwheel.local.apiserver.object.DeleteOptions;
import io.flintwheel.local.apiserver.object.Objects;
import io.flintwheel.local.apiserver.object.Timestamps;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import io.flintwheel.local.apiserver.store.StoredObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Declares nodes lost whose lease is not renewed, and deletes their pods when the pods' toleration
 * is over. As on a real cluster, such a pod stays until its node, or somebody, confirms.
 */
public final class NodeLifecycle {

  private static final Duration GRACE = Duration.ofSeconds(40);
  private static final String UNREACHABLE = "node.kubernetes.io/unreachable";
  private static final String LEASES = "kube-node-lease";

  private final Objects objects;
  private final EventRecorder events;
  private final Clock clock;

  public NodeLifecycle(Objects objects, EventRecorder events, Clock clock) {
    this.objects = objects;
    this.events = events;
    this.clock = clock;
  }

  /** To be called every few seconds. */
  public void check() {
    for (StoredObject node : List.copyOf(objects.store().list(ResourceTypes.NODES, null))) {
      boolean silent =
          lastSign(node).map(sign -> sign.plus(GRACE).isBefore(clock.instant())).orElse(false);
      boolean lost = taint(node) != null;
      if (silent && !lost) {
        lose(node);
      } else if (!silent && lost && NodeFilter.ready(node)) {
        recover(node);
      } else if (lost) {
        evict(node);
      }
    }
  }

  private Optional<Instant> lastSign(StoredObject node) {
    String renewed =
        objects
            .store()
            .find(ResourceTypes.LEASES, LEASES, node.key().name())
            .map(lease -> Json.textOrEmpty(lease.tree(), "spec", "renewTime"))
            .orElse("");
    return renewed.isEmpty()
        ? Optional.empty()
        : Optional.of(OffsetDateTime.parse(renewed).toInstant());
  }

  private void lose(StoredObject node) {
    String now = Timestamps.now(clock);
    ObjectNode next = node.copy();
    ObjectNode ready = Conditions.of(next, "Ready");
    Conditions.set(ready, "Unknown", now);
    ready.put("reason", "NodeStatusUnknown").put("message", "Kubelet stopped posting node status.");
    ArrayNode taints = Json.arrayAt(Json.objectAt(next, "spec"), "taints");
    for (String effect : List.of("NoSchedule", "NoExecute")) {
      taints.addObject().put("key", UNREACHABLE).put("effect", effect).put("timeAdded", now);
    }
    StoredObject lost = objects.store().put(node.type(), node.key(), next);
    events.record(
        lost,
        "node-controller",
        false,
        "NodeNotReady",
        "Node " + node.key().name() + " status is now: NodeNotReady");
  }

  private void recover(StoredObject node) {
    ObjectNode next = node.copy();
    ArrayNode kept = Json.array();
    for (JsonNode taint : node.tree().path("spec").path("taints")) {
      if (!UNREACHABLE.equals(Json.text(taint, "key"))) {
        kept.add(taint);
      }
    }
    ObjectNode spec = Json.objectAt(next, "spec");
    if (kept.isEmpty()) {
      spec.remove("taints");
    } else {
      spec.set("taints", kept);
    }
    objects.store().put(node.type(), node.key(), next);
  }

  private void evict(StoredObject node) {
    JsonNode taint = taint(node);
    if (taint == null) {
      return;
    }
    Instant since = Instant.parse(taint.get("timeAdded").asText());
    for (StoredObject pod : List.copyOf(objects.store().list(ResourceTypes.PODS, null))) {
      boolean here = node.key().name().equals(Json.text(pod.tree(), "spec", "nodeName"));
      if (here
          && !pod.terminating()
          && since.plusSeconds(toleratedSeconds(pod)).isBefore(clock.instant())) {
        ObjectNode next = pod.copy();
        ObjectNode disruption = Conditions.of(next, "DisruptionTarget");
        Conditions.set(disruption, "True", Timestamps.now(clock));
        disruption
            .put("reason", "DeletionByTaintManager")
            .put("message", "Taint manager: deleting due to NoExecute taint");
        StoredObject marked = objects.store().put(pod.type(), pod.key(), next);
        objects.deletion().delete(marked, DeleteOptions.GRACEFUL);
      }
    }
  }

  private static long toleratedSeconds(StoredObject pod) {
    for (JsonNode toleration : pod.tree().path("spec").path("tolerations")) {
      if (UNREACHABLE.equals(Json.text(toleration, "key"))) {
        return toleration.path("tolerationSeconds").asLong(Integer.MAX_VALUE);
      }
    }
    return 0;
  }

  private static @Nullable JsonNode taint(StoredObject node) {
    for (JsonNode taint : node.tree().path("spec").path("taints")) {
      if (UNREACHABLE.equals(Json.text(taint, "key"))
          && "NoExecute".equals(Json.text(taint, "effect"))) {
        return taint;
      }
    }
    return null;
  }
}
