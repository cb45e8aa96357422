package io.flintwheel.status.watch;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.flintwheel.events.job.Failure;
import io.flintwheel.events.job.FailureClass;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whose fault it is that a pod failed, in data and in words. What Kubernetes did to the pod comes
 * first; only then what the process said.
 */
final class FailureReading {

  /** Reasons of a pod's status, of its disruption and of its container, whichever says more. */
  private static final Map<String, FailureClass> CLASSES =
      Map.ofEntries(
          Map.entry("Evicted", FailureClass.EVICTED),
          Map.entry("Preempting", FailureClass.EVICTED),
          Map.entry("PreemptionByScheduler", FailureClass.EVICTED),
          Map.entry("EvictionByEvictionAPI", FailureClass.EVICTED),
          Map.entry("TerminationByKubelet", FailureClass.EVICTED),
          Map.entry("NodeLost", FailureClass.NODE_LOST),
          Map.entry("NodeShutdown", FailureClass.NODE_LOST),
          Map.entry("Terminated", FailureClass.NODE_LOST),
          // Its exit code 137 is made up: the node has lost sight of the container.
          Map.entry("ContainerStatusUnknown", FailureClass.NODE_LOST),
          Map.entry("DeletionByTaintManager", FailureClass.NODE_LOST),
          Map.entry("DeletionByPodGC", FailureClass.NODE_LOST),
          Map.entry("DeadlineExceeded", FailureClass.TIMEOUT),
          Map.entry("Unschedulable", FailureClass.UNSCHEDULABLE),
          Map.entry("UnexpectedAdmissionError", FailureClass.UNSCHEDULABLE),
          Map.entry("OutOfcpu", FailureClass.UNSCHEDULABLE),
          Map.entry("OutOfmemory", FailureClass.UNSCHEDULABLE),
          Map.entry("OutOfpods", FailureClass.UNSCHEDULABLE),
          Map.entry("NodeAffinity", FailureClass.UNSCHEDULABLE),
          Map.entry("ImagePullBackOff", FailureClass.IMAGE_PULL),
          Map.entry("ErrImagePull", FailureClass.IMAGE_PULL),
          Map.entry("ErrImageNeverPull", FailureClass.IMAGE_PULL),
          Map.entry("InvalidImageName", FailureClass.IMAGE_PULL),
          Map.entry("ContainerFailed", FailureClass.APPLICATION),
          Map.entry("OOMKilled", FailureClass.OOM_KILLED));

  private static final Map<FailureClass, String> HINTS =
      Map.of(
          FailureClass.APPLICATION,
          "See the log of that container.",
          FailureClass.EVICTED,
          "The cluster took the pod's place; run the job again, or give it a higher priority.",
          FailureClass.NODE_LOST,
          "The node went away; run the job again.",
          FailureClass.TIMEOUT,
          "The pod's activeDeadlineSeconds passed; raise it or make the job smaller.",
          FailureClass.UNSCHEDULABLE,
          "No node has room or fits; lower cores or memory, or look at node selectors and taints.",
          FailureClass.IMAGE_PULL,
          "Check spec.image for a typing error, and the pull secrets of the namespace.",
          FailureClass.OOM_KILLED,
          "The container used more memory than its limit; raise memory or memoryOverhead.");

  private FailureReading() {}

  /** Why a pod failed whose Spark container ended or never ran; {@code log} is asked if needed. */
  static Failure of(PodReading pod, Supplier<String> log) {
    Optional<ContainerStateTerminated> terminated = pod.terminated();
    Integer exitCode = terminated.map(ContainerStateTerminated::getExitCode).orElse(null);
    for (Optional<Said> said :
        java.util.List.of(disruption(pod), podStatus(pod), container(pod), waiting(pod))) {
      FailureClass known = said.map(s -> CLASSES.get(s.reason())).orElse(null);
      if (known != null) {
        return new Failure(
            known,
            exitCode,
            said.get().reason(),
            known == FailureClass.OOM_KILLED ? outOfMemory(pod) : said.get().words(),
            HINTS.get(known));
      }
    }
    return terminated
        .map(end -> new ProcessFailure(pod.role(), end).read(log))
        .orElseGet(
            () ->
                new Failure(
                    FailureClass.UNKNOWN,
                    null,
                    pod.statusReason() == null ? "PodFailed" : pod.statusReason(),
                    pod.statusMessage() == null ? neverRan(pod) : pod.statusMessage(),
                    null));
  }

  /** Its message would be the end of its log, which cannot know. */
  private static String outOfMemory(PodReading pod) {
    return "the "
        + pod.role().name().toLowerCase(Locale.ROOT)
        + " was killed because its container used more memory than its limit"
        + pod.memoryLimit().map(limit -> " of " + limit).orElse("");
  }

  private static String neverRan(PodReading pod) {
    PendingReason pending = PendingReason.of(pod);
    return pending.message() == null
        ? "the pod failed and tells nothing of its Spark container"
        : pending.message();
  }

  /** A reason and its message, as Kubernetes said them. */
  private record Said(String reason, @Nullable String message) {

    String words() {
      return message == null ? "Kubernetes says no more than " + reason : message;
    }

    static Optional<Said> of(@Nullable String reason, @Nullable String message) {
      return reason == null
          ? Optional.empty()
          : Optional.of(new Said(reason, message == null ? null : ExceptionLine.cut(message)));
    }
  }

  private static Optional<Said> disruption(PodReading pod) {
    return pod.condition("DisruptionTarget")
        .filter(condition -> "True".equals(condition.getStatus()))
        .flatMap((PodCondition c) -> Said.of(c.getReason(), c.getMessage()));
  }

  private static Optional<Said> podStatus(PodReading pod) {
    return Said.of(pod.statusReason(), pod.statusMessage());
  }

  private static Optional<Said> container(PodReading pod) {
    return pod.terminated().flatMap(end -> Said.of(end.getReason(), end.getMessage()));
  }

  private static Optional<Said> waiting(PodReading pod) {
    Optional<ContainerStateWaiting> waiting =
        pod.containerStatus().map(ContainerStatus::getState).map(s -> s.getWaiting());
    return waiting
        .flatMap(w -> Said.of(w.getReason(), w.getMessage()))
        .or(
            () -> {
              PendingReason pending = PendingReason.of(pod);
              return pod.terminated().isPresent()
                  ? Optional.empty()
                  : Said.of(pending.reason(), pending.message());
            });
  }
}
