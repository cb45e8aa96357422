package io.flintwheel.status.watch;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why a pod does not run yet: the scheduler's reason, an init container's, or the container's; or
 * that its node says nothing.
 *
 * @param reason one word of Kubernetes, such as {@code Unschedulable} or {@code ImagePullBackOff},
 *     or ours, {@code NotStarted}; null when there is nothing to tell
 * @param since when it became so, as far as Kubernetes tells
 */
record PendingReason(@Nullable String reason, @Nullable String message, Optional<Instant> since) {

  /** What every pod passes through; no reason to tell anybody, unless the node has words for it. */
  private static final Set<String> ORDINARY = Set.of("ContainerCreating", "PodInitializing");

  /** What Kubernetes says, or that a node says nothing. */
  static PendingReason of(PodReading pod, Instant now) {
    PendingReason said = of(pod);
    return said.reason() != null
        ? said
        : SilentNode.of(pod)
            .filter(node -> !now.isBefore(node.noticedAt()))
            .map(PendingReason::notStarted)
            .orElse(said);
  }

  /** What Kubernetes says. */
  static PendingReason of(PodReading pod) {
    PodStatus status = pod.pod().getStatus();
    if (status == null) {
      return new PendingReason(null, null, Optional.of(pod.createdAt()));
    }
    Optional<PodCondition> scheduled = pod.condition("PodScheduled");
    if (scheduled.isPresent() && "False".equals(scheduled.get().getStatus())) {
      return new PendingReason(
          scheduled.get().getReason(),
          scheduled.get().getMessage(),
          PodReading.instant(scheduled.get().getLastTransitionTime()));
    }
    return Stream.concat(
            status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream())
        .map(PendingReason::ofContainer)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(
            () ->
                new PendingReason(
                    null,
                    null,
                    // The latest reason is the one that holds: none must be newer than silence.
                    SilentNode.takenUpLate(pod).or(() -> Optional.of(pod.assignedAt()))));
  }

  /**
   * What makes it another reason than one before. The scheduler words its message anew whenever a
   * node comes or goes; of a container, other words are other news.
   */
  @Nullable String distinction() {
    return reason == null || message == null || reason.equals("Unschedulable")
        ? reason
        : reason + ": " + message;
  }

  private static PendingReason notStarted(SilentNode node) {
    return new PendingReason(
        "NotStarted",
        "it is assigned to node " + node.name() + ", which has not begun it",
        Optional.of(node.noticedAt()));
  }

  private static Optional<PendingReason> ofContainer(ContainerStatus container) {
    ContainerState state = container.getState();
    ContainerStateWaiting waiting = state == null ? null : state.getWaiting();
    ContainerStateTerminated terminated = state == null ? null : state.getTerminated();
    if (waiting != null
        && waiting.getReason() != null
        && (waiting.getMessage() != null || !ORDINARY.contains(waiting.getReason()))) {
      return Optional.of(
          new PendingReason(waiting.getReason(), waiting.getMessage(), Optional.empty()));
    }
    if (terminated != null && terminated.getExitCode() != null && terminated.getExitCode() != 0) {
      return Optional.of(
          new PendingReason(
              "ContainerFailed",
              "container '" + container.getName() + "' ended with " + terminated.getExitCode(),
              PodReading.instant(terminated.getFinishedAt())));
    }
    return Optional.empty();
  }
}
