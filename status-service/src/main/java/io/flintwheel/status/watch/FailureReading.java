package io.flintwheel.status.watch;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.flintwheel.events.job.Failure;
import io.flintwheel.events.job.FailureClass;
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
            known, exitCode, said.get().reason(), said.get().words(), HINTS.get(known));
      }
    }
    return terminated
        .map(end -> ofProcess(end, log))
        .orElseGet(
            () ->
                new Failure(
                    FailureClass.UNKNOWN,
                    null,
                    pod.statusReason() == null ? "PodFailed" : pod.statusReason(),
                    pod.statusMessage() == null ? neverRan(pod) : pod.statusMessage(),
                    null));
  }

  private static String neverRan(PodReading pod) {
    PendingReason pending = PendingReason.of(pod);
    return pending.message() == null
        ? "the pod failed and tells nothing of its Spark container"
        : pending.message();
  }

  private static Failure ofProcess(ContainerStateTerminated end, Supplier<String> log) {
    Integer exitCode = end.getExitCode();
    String reason = end.getReason() == null ? "Error" : end.getReason();
    String told = end.getMessage() == null ? "" : end.getMessage();
    // The termination message holds the last two KiB; the exception may be further up.
    String output = explains(told) ? told : log.get() + "\n" + told;
    Optional<String> jar = ExceptionLine.missingJar(output);
    if (jar.isPresent()) {
      return application(
          exitCode,
          reason,
          jar.get(),
          "The application file is not in the image at that path; check mainApplicationFile.");
    }
    Optional<String> missing = ExceptionLine.missingClass(output);
    if (missing.isPresent()) {
      return application(
          exitCode,
          reason,
          missing.get(),
          "The class is not in the application's jar; check mainClass, and that the jar has what it needs.");
    }
    String line =
        ExceptionLine.of(output)
            .or(() -> signal(exitCode))
            .orElseGet(() -> "the driver ended with exit code " + exitCode + lastWords(output));
    return application(
        exitCode,
        reason,
        line,
        reason.equals("StartError") ? "The container was never started." : hint(exitCode, line));
  }

  /** They may have nothing to do with it, so they never stand for the reason alone. */
  private static String lastWords(String output) {
    return ExceptionLine.logged(output)
        .map(line -> "; the last exception in its log: " + line)
        .or(() -> ExceptionLine.lastLine(output).map(line -> "; its last line: " + line))
        .orElse("");
  }

  private static boolean explains(String output) {
    return ExceptionLine.missingJar(output).isPresent()
        || output.contains("Exception in thread \"")
        || output.contains("Traceback (most recent call last)");
  }

  private static Optional<String> signal(@Nullable Integer exitCode) {
    if (exitCode == null || exitCode <= 128 || exitCode > 128 + 64) {
      return Optional.empty();
    }
    int signal = exitCode - 128;
    String name = signal == 9 ? " (KILL)" : signal == 15 ? " (TERM)" : "";
    return Optional.of("the process was ended by signal " + signal + name);
  }

  private static @Nullable String hint(@Nullable Integer exitCode, String line) {
    if (line.contains("OutOfMemoryError")) {
      return "The heap was too small; raise memory.";
    }
    if (exitCode != null && exitCode == 137) {
      return "Something killed the process: often memory; raise memory or memoryOverhead.";
    }
    return "See the driver's log.";
  }

  private static Failure application(
      @Nullable Integer exitCode, String reason, String message, @Nullable String hint) {
    return new Failure(FailureClass.APPLICATION, exitCode, reason, message, hint);
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
