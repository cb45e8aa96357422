package io.flintwheel.status.watch;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.flintwheel.events.Event;
import io.flintwheel.events.EventId;
import io.flintwheel.events.job.ExecutorChanged;
import io.flintwheel.events.job.ExecutorState;
import io.flintwheel.events.job.Failure;
import io.flintwheel.events.job.FailureClass;
import io.flintwheel.events.job.JobFact;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the present state of an executor pod tells. The driver deletes its executors when it is done
 * with them, so an executor that was told to stop has not failed; whether it ended in order or was
 * taken from its driver is seen when it is gone.
 */
final class ExecutorFacts {

  private final URI source;
  private final Clock clock;

  ExecutorFacts(URI source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  List<Event<JobFact>> of(PodReading pod) {
    List<Event<JobFact>> facts = new ArrayList<>();
    Optional<Instant> startedAt = pod.startedAt();
    Optional<ContainerStateTerminated> terminated = pod.terminated();
    startedAt.ifPresent(time -> facts.add(event(pod, ExecutorState.RUNNING, null, time)));
    if (terminated.isPresent()) {
      Instant end = PodReading.instant(terminated.get().getFinishedAt()).orElseGet(clock::instant);
      Integer exitCode = terminated.get().getExitCode();
      if (exitCode != null && exitCode == 0) {
        facts.add(event(pod, ExecutorState.SUCCEEDED, null, end));
      } else if (!pod.wasStopped(end)) {
        facts.add(event(pod, ExecutorState.FAILED, FailureReading.of(pod, () -> ""), end));
      }
    } else if (pod.phase().equals("Failed") && pod.deletionRequestedAt().isPresent()) {
      // Stopped before it ran; what that means is seen when it is gone.
      return facts;
    } else if (pod.phase().equals("Failed")) {
      facts.add(
          event(pod, ExecutorState.FAILED, FailureReading.of(pod, () -> ""), clock.instant()));
    } else if (pod.phase().equals("Succeeded")) {
      facts.add(event(pod, ExecutorState.SUCCEEDED, null, clock.instant()));
    } else if (startedAt.isEmpty()) {
      facts.add(pending(pod));
    }
    return facts;
  }

  private Event<JobFact> pending(PodReading pod) {
    PendingReason pending = PendingReason.of(pod, clock.instant());
    ExecutorChanged fact =
        new ExecutorChanged(
            pod.jobId(),
            pod.namespace(),
            pod.attempt(),
            pod.executorId(),
            pod.ref(),
            ExecutorState.PENDING,
            null,
            pending.reason(),
            pending.message());
    return new Event<>(
        EventId.of(pod.uid(), fact.type(), pending.distinction(), pod.ref().node()),
        source,
        pending.since().orElseGet(clock::instant),
        fact);
  }

  /** An executor that is gone and whose end nobody saw. */
  Event<JobFact> gone(PodReading pod, boolean driverEnded, Instant goneAt) {
    return driverEnded
        ? event(pod, ExecutorState.SUCCEEDED, null, goneAt)
        : event(
            pod,
            ExecutorState.LOST,
            Failure.of(FailureClass.UNKNOWN, "Deleted", "the executor pod is gone"),
            goneAt);
  }

  private Event<JobFact> event(
      PodReading pod, ExecutorState state, @Nullable Failure failure, Instant time) {
    ExecutorChanged fact =
        new ExecutorChanged(
            pod.jobId(),
            pod.namespace(),
            pod.attempt(),
            pod.executorId(),
            pod.ref(),
            state,
            failure);
    return new Event<>(EventId.of(pod.uid(), fact.type()), source, time, fact);
  }
}
