package io.flintwheel.local.apiserver.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.object.Conditions;
import io.flintwheel.local.apiserver.object.Objects;
import io.flintwheel.local.apiserver.object.PodBinding;
import io.flintwheel.local.apiserver.object.Timestamps;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import io.flintwheel.local.apiserver.store.Change;
import io.flintwheel.local.apiserver.store.Change.Kind;
import io.flintwheel.local.apiserver.store.StoredObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Binds pending pods, oldest first, to the node with the most free processor time that is ready,
 * suits the pod and has room. No preemption, no affinity between pods.
 */
public final class Scheduler {

  private static final String NAME = "default-scheduler";

  private final Objects objects;
  private final PodBinding binding;
  private final EventRecorder events;
  private final Executor later;
  private final Clock clock;
  private final Set<String> waiting = new LinkedHashSet<>();
  private final Map<String, PodRequests> used = new HashMap<>();
  private boolean roundDue;

  public Scheduler(
      Objects objects, PodBinding binding, EventRecorder events, Executor later, Clock clock) {
    this.objects = objects;
    this.binding = binding;
    this.events = events;
    this.later = later;
    this.clock = clock;
    objects.store().listen(this::changed);
  }

  private void changed(Change change) {
    if (change.type().equals(ResourceTypes.NODES)) {
      if (change.kind() == Kind.DELETED || moreRoom(change)) {
        round();
      }
    } else if (change.type().equals(ResourceTypes.PODS)) {
      podChanged(change);
    }
  }

  /** A heartbeat alone is no reason to look at every pod again. */
  private static boolean moreRoom(Change change) {
    StoredObject before = change.previous();
    StoredObject after = change.object();
    return before == null
        || NodeFilter.ready(before) != NodeFilter.ready(after)
        || !before.tree().path("spec").equals(after.tree().path("spec"))
        || !Json.at(before.tree(), "metadata", "labels")
            .equals(Json.at(after.tree(), "metadata", "labels"))
        || !Json.at(before.tree(), "status", "capacity")
            .equals(Json.at(after.tree(), "status", "capacity"))
        || !Json.at(before.tree(), "status", "allocatable")
            .equals(Json.at(after.tree(), "status", "allocatable"));
  }

  private void podChanged(Change change) {
    StoredObject before = change.previous();
    StoredObject pod = change.object();
    boolean freed = false;
    if (before != null && occupies(before)) {
      used.merge(node(before), PodRequests.of(before), PodRequests::minus);
      freed = true;
    }
    if (change.kind() != Kind.DELETED && occupies(pod)) {
      used.merge(node(pod), PodRequests.of(pod), PodRequests::plus);
      freed = false;
    }
    if (change.kind() != Kind.DELETED && awaitsNode(pod)) {
      if (waiting.add(pod.uid())) {
        later.execute(() -> schedule(pod.uid()));
      }
    } else {
      waiting.remove(pod.uid());
    }
    if (freed) {
      round();
    }
  }

  private void round() {
    if (!roundDue && !waiting.isEmpty()) {
      roundDue = true;
      later.execute(
          () -> {
            roundDue = false;
            List.copyOf(waiting).forEach(this::schedule);
          });
    }
  }

  private void schedule(String uid) {
    StoredObject pod = objects.store().findByUid(uid).orElse(null);
    if (pod == null || !awaitsNode(pod)) {
      waiting.remove(uid);
      return;
    }
    PodRequests wanted = PodRequests.of(pod);
    Map<String, Integer> reasons = new HashMap<>();
    StoredObject best = null;
    PodRequests bestFree = PodRequests.NONE;
    Collection<StoredObject> nodes = objects.store().list(ResourceTypes.NODES, null);
    for (StoredObject node : nodes) {
      PodRequests free =
          PodRequests.allocatable(node)
              .minus(used.getOrDefault(node.key().name(), PodRequests.NONE));
      List<String> against = new ArrayList<>(NodeFilter.against(pod, node));
      if (against.isEmpty()) {
        // A process node is given more than it has, but never a pod that is larger than itself.
        against.addAll(free.least(PodRequests.capacity(node)).lacking(wanted));
      }
      against.forEach(reason -> reasons.merge(reason, 1, Integer::sum));
      if (against.isEmpty() && (best == null || free.cpuMillis() > bestFree.cpuMillis())) {
        best = node;
        bestFree = free;
      }
    }
    if (best == null) {
      refuse(pod, nodes.size(), reasons);
      return;
    }
    StoredObject bound = binding.bind(pod, best.key().name());
    events.record(
        bound,
        NAME,
        false,
        "Scheduled",
        "Successfully assigned "
            + pod.key().namespace()
            + "/"
            + pod.key().name()
            + " to "
            + best.key().name());
  }

  private void refuse(StoredObject pod, int nodes, Map<String, Integer> reasons) {
    String message = message(nodes, reasons);
    ObjectNode next = pod.copy();
    ObjectNode scheduled = Conditions.of(next, "PodScheduled");
    if (message.equals(Json.text(scheduled, "message"))) {
      return;
    }
    Conditions.set(scheduled, "False", Timestamps.now(clock));
    scheduled.put("reason", "Unschedulable").put("message", message);
    scheduled.put("observedGeneration", pod.tree().path("metadata").path("generation").asLong());
    StoredObject told = objects.store().put(pod.type(), pod.key(), next);
    events.record(told, NAME, true, "FailedScheduling", message);
  }

  private static String message(int nodes, Map<String, Integer> reasons) {
    if (nodes == 0) {
      return "no nodes available to schedule pods";
    }
    List<String> counted = new ArrayList<>();
    reasons.forEach((reason, count) -> counted.add(count + " " + reason));
    Collections.sort(counted);
    String available = "0/" + nodes + " nodes are available: ";
    return available
        + String.join(", ", counted)
        + ". no new claims to deallocate, preemption: "
        + available
        + nodes
        + " Preemption is not helpful for scheduling.";
  }

  private static boolean awaitsNode(StoredObject pod) {
    return node(pod).isEmpty()
        && !pod.terminating()
        && !ended(pod)
        && NAME.equals(Json.text(pod.tree(), "spec", "schedulerName"))
        && pod.tree().path("spec").path("schedulingGates").isEmpty();
  }

  private static boolean occupies(StoredObject pod) {
    return !node(pod).isEmpty() && !ended(pod);
  }

  private static boolean ended(StoredObject pod) {
    return Set.of("Succeeded", "Failed").contains(Json.textOrEmpty(pod.tree(), "status", "phase"));
  }

  private static String node(StoredObject pod) {
    return Json.textOrEmpty(pod.tree(), "spec", "nodeName");
  }
}
