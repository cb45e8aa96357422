package io.flintwheel.local.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.HostIP;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says what a kubelet would say of a pod whose containers are in these states. Keeps when each
 * condition last changed, so one is made for each pod.
 */
final class PodStatusReport {

  private final String hostIp;
  private final Instant startTime;
  private final Map<String, PodCondition> conditions = new HashMap<>();

  PodStatusReport(String hostIp, Instant startTime) {
    this.hostIp = hostIp;
    this.startTime = startTime;
  }

  /** Takes over what the API server shows already, after a restart of the node. */
  void resume(@Nullable PodStatus shown) {
    if (shown != null && shown.getConditions() != null) {
      shown.getConditions().forEach(c -> conditions.put(c.getType(), c));
    }
  }

  /**
   * @param podIp absent until the pod has an address
   */
  PodStatus of(Pod pod, Optional<String> podIp, Map<String, ContainerState> states, Instant now) {
    Phase phase = phase(states);
    List<String> unready = unready(pod, states);
    var current = new ArrayList<PodCondition>();
    Long generation = pod.getMetadata().getGeneration();
    boolean sandbox = !phase.over && states.values().stream().anyMatch(PodStatusReport::hasBegun);
    current.add(condition("PodReadyToStartContainers", sandbox, null, null, generation, now));
    String completed = phase == Phase.SUCCEEDED ? "PodCompleted" : null;
    current.add(condition("Initialized", true, completed, null, generation, now));
    boolean ready = unready.isEmpty() && phase == Phase.RUNNING;
    String reason = ready ? null : phase.unreadyReason;
    String message = ready || phase.over ? null : "containers with unready status: " + unready;
    current.add(condition("Ready", ready, reason, message, generation, now));
    current.add(condition("ContainersReady", ready, reason, message, generation, now));
    return new PodStatusBuilder()
        .withPhase(phase.word)
        .withHostIP(hostIp)
        .withHostIPs(List.of(new HostIP(hostIp)))
        .withPodIP(podIp.orElse(null))
        .withPodIPs(podIp.map(PodIP::new).map(List::of).orElse(List.of()))
        .withStartTime(Timestamps.format(startTime))
        .withObservedGeneration(generation)
        .withConditions(current)
        .withContainerStatuses(containerStatuses(pod, states))
        .build();
  }

  /** What a kubelet says of a pod that it does not take: nothing of containers. */
  static PodStatus rejected(PodRejected why, Instant startTime) {
    return new PodStatusBuilder()
        .withPhase(Phase.FAILED.word)
        .withReason(why.reason())
        .withMessage("Pod was rejected: " + why.getMessage())
        .withStartTime(Timestamps.format(startTime))
        .build();
  }

  /** Whether every container has ended. */
  static boolean isOver(Map<String, ContainerState> states) {
    return phase(states).over;
  }

  private static Phase phase(Map<String, ContainerState> states) {
    if (states.values().stream().anyMatch(ContainerState.Running.class::isInstance)) {
      return Phase.RUNNING;
    }
    if (states.isEmpty()
        || !states.values().stream().allMatch(ContainerState.Terminated.class::isInstance)) {
      return Phase.PENDING;
    }
    boolean succeeded =
        states.values().stream()
            .allMatch(s -> s instanceof ContainerState.Terminated t && t.exit().succeeded());
    return succeeded ? Phase.SUCCEEDED : Phase.FAILED;
  }

  private static boolean hasBegun(ContainerState state) {
    return !(state instanceof ContainerState.Waiting);
  }

  private static List<String> unready(Pod pod, Map<String, ContainerState> states) {
    return pod.getSpec().getContainers().stream()
        .map(Container::getName)
        .filter(name -> !(states.get(name) instanceof ContainerState.Running))
        .toList();
  }

  private List<ContainerStatus> containerStatuses(Pod pod, Map<String, ContainerState> states) {
    return pod.getSpec().getContainers().stream()
        .map(
            c ->
                containerStatus(
                    pod, c, states.getOrDefault(c.getName(), ContainerState.Waiting.CREATING)))
        .toList();
  }

  private static ContainerStatus containerStatus(
      Pod pod, Container container, ContainerState state) {
    boolean running = state instanceof ContainerState.Running;
    return new ContainerStatusBuilder()
        .withName(container.getName())
        .withImage(container.getImage())
        .withImageID("")
        .withContainerID(hasBegun(state) ? containerId(pod, container.getName()) : null)
        .withReady(running)
        .withStarted(running)
        .withRestartCount(0)
        .withState(state.toKubernetes())
        .withLastState(new ContainerStateBuilder().build())
        .build();
  }

  static String containerId(Pod pod, String container) {
    return "process://" + pod.getMetadata().getUid() + "/" + container;
  }

  private PodCondition condition(
      String type,
      boolean holds,
      @Nullable String reason,
      @Nullable String message,
      @Nullable Long generation,
      Instant now) {
    String status = holds ? "True" : "False";
    PodCondition before = conditions.get(type);
    String since =
        before != null && status.equals(before.getStatus())
            ? before.getLastTransitionTime()
            : Timestamps.format(now);
    PodCondition condition =
        new PodConditionBuilder()
            .withType(type)
            .withStatus(status)
            .withReason(reason)
            .withMessage(message)
            .withObservedGeneration(generation)
            .withLastTransitionTime(since)
            .build();
    conditions.put(type, condition);
    return condition;
  }

  private enum Phase {
    PENDING("Pending", false, "ContainersNotReady"),
    RUNNING("Running", false, "ContainersNotReady"),
    SUCCEEDED("Succeeded", true, "PodCompleted"),
    FAILED("Failed", true, "PodFailed");

    private final String word;
    private final boolean over;
    private final String unreadyReason;

    Phase(String word, boolean over, String unreadyReason) {
      this.word = word;
      this.over = over;
      this.unreadyReason = unreadyReason;
    }
  }
}
