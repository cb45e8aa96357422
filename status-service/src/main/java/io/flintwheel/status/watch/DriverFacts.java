package io.flintwheel.status.watch;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.flintwheel.events.Event;
import io.flintwheel.events.EventId;
import io.flintwheel.events.job.Failure;
import io.flintwheel.events.job.FailureClass;
import io.flintwheel.events.job.JobCancelled;
import io.flintwheel.events.job.JobFact;
import io.flintwheel.events.job.JobFailed;
import io.flintwheel.events.job.JobLost;
import io.flintwheel.events.job.JobPending;
import io.flintwheel.events.job.JobRunning;
import io.flintwheel.events.job.JobSucceeded;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the present state of a driver pod tells. The same state gives the same event ids, whoever
 * looks and however often.
 */
final class DriverFacts {

  private static final String DELETED_BY_SOMEONE = "DeletedBySomeoneElse";

  private final URI source;
  private final Clock clock;

  DriverFacts(URI source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  /**
   * The facts of a pod that exists, or of the last that was seen of one.
   *
   * @param log the end of the driver's log; asked only when its failure needs words
   */
  List<Event<JobFact>> of(PodReading pod, Supplier<String> log) {
    List<Event<JobFact>> facts = new ArrayList<>();
    if (pod.isWithdrawn()) {
      return facts;
    }
    Optional<Instant> startedAt = pod.startedAt();
    startedAt.ifPresent(time -> facts.add(running(pod, time)));
    Optional<ContainerStateTerminated> terminated = pod.terminated();
    if (terminated.isPresent()) {
      facts.add(ended(pod, terminated.get(), startedAt.orElse(null), log));
    } else if (pod.phase().equals("Failed")) {
      facts.add(failedOrStopped(pod, Optional.empty(), log));
    } else if (pod.phase().equals("Succeeded")) {
      facts.add(succeeded(pod, startedAt.orElse(null), endOf(pod)));
    } else if (startedAt.isEmpty()) {
      facts.add(pending(pod));
    }
    return facts;
  }

  /** What became of a driver that is gone and whose end nobody saw. */
  Event<JobFact> gone(PodReading pod, boolean cancelled, Instant goneAt) {
    if (cancelled) {
      return cancelled(pod, goneAt);
    }
    Failure failure = FailureReading.of(pod, () -> "");
    if (failure.failureClass() == FailureClass.EVICTED) {
      return failed(pod, pod.startedAt().orElse(null), goneAt, () -> "");
    }
    return lost(pod, failure.failureClass() == FailureClass.UNKNOWN ? vanished() : failure, goneAt);
  }

  static boolean isEnd(JobFact fact) {
    return fact instanceof JobSucceeded
        || fact instanceof JobFailed
        || fact instanceof JobCancelled
        || fact instanceof JobLost;
  }

  private Event<JobFact> ended(
      PodReading pod,
      ContainerStateTerminated terminated,
      @Nullable Instant startedAt,
      Supplier<String> log) {
    Instant finishedAt = PodReading.instant(terminated.getFinishedAt()).orElseGet(() -> endOf(pod));
    if (terminated.getExitCode() != null && terminated.getExitCode() == 0) {
      return succeeded(pod, startedAt, finishedAt);
    }
    return failedOrStopped(pod, pod.realEnd(), log);
  }

  /**
   * A driver that is told to stop ends with a signal, or never runs: that is its deletion, not its
   * failure.
   *
   * @param end when its container ended by itself or by a signal; empty when nobody saw that,
   *     because it never ran or because its node lost sight of it
   */
  private Event<JobFact> failedOrStopped(
      PodReading pod, Optional<Instant> end, Supplier<String> log) {
    Optional<Instant> deletion = pod.deletionRequestedAt();
    boolean cancelled = pod.cancelRequested().isPresent();
    boolean stopped = end.map(pod::wasStopped).orElse(deletion.isPresent() || cancelled);
    Instant time = end.or(() -> stopped ? deletion : Optional.empty()).orElseGet(() -> endOf(pod));
    if (stopped && cancelled) {
      return cancelled(pod, time);
    }
    if (stopped && pod.condition("DisruptionTarget").isEmpty()) {
      return lost(pod, vanished(), time);
    }
    return failed(pod, pod.startedAt().orElse(null), time, log);
  }

  private Instant endOf(PodReading pod) {
    return pod.condition("Ready")
        .flatMap(condition -> PodReading.instant(condition.getLastTransitionTime()))
        .orElseGet(clock::instant);
  }

  private Event<JobFact> pending(PodReading pod) {
    PendingReason pending = PendingReason.of(pod, clock.instant());
    return event(
        pod,
        pending.since().orElseGet(clock::instant),
        new JobPending(
            pod.jobId(),
            pod.namespace(),
            pod.attempt(),
            pod.ref(),
            pending.reason(),
            pending.message()),
        pending.distinction(),
        pod.ref().node());
  }

  private Event<JobFact> running(PodReading pod, Instant startedAt) {
    return event(
        pod,
        startedAt,
        new JobRunning(
            pod.jobId(),
            pod.namespace(),
            pod.attempt(),
            pod.ref(),
            startedAt,
            pod.uiPort().orElse(null)),
        startedAt);
  }

  private Event<JobFact> succeeded(
      PodReading pod, @Nullable Instant startedAt, Instant finishedAt) {
    return event(
        pod,
        finishedAt,
        new JobSucceeded(
            pod.jobId(), pod.namespace(), pod.attempt(), pod.ref(), startedAt, finishedAt));
  }

  private Event<JobFact> failed(
      PodReading pod, @Nullable Instant startedAt, Instant finishedAt, Supplier<String> log) {
    return event(
        pod,
        finishedAt,
        new JobFailed(
            pod.jobId(),
            pod.namespace(),
            pod.attempt(),
            pod.ref(),
            startedAt,
            finishedAt,
            FailureReading.of(pod, log)));
  }

  private Event<JobFact> cancelled(PodReading pod, Instant time) {
    return event(
        pod,
        time,
        new JobCancelled(
            pod.jobId(),
            pod.namespace(),
            pod.attempt(),
            pod.ref(),
            pod.cancelRequested().orElse(null)));
  }

  private Event<JobFact> lost(PodReading pod, Failure failure, Instant time) {
    return event(
        pod, time, new JobLost(pod.jobId(), pod.namespace(), pod.attempt(), pod.ref(), failure));
  }

  private static Failure vanished() {
    return new Failure(
        FailureClass.UNKNOWN,
        null,
        DELETED_BY_SOMEONE,
        "the driver pod was deleted by someone else before it ended",
        "Cancel jobs through Flintwheel; run the job again if it should go on.");
  }

  private Event<JobFact> event(
      PodReading pod, Instant time, JobFact fact, @Nullable Object... told) {
    Object[] parts = new Object[told.length + 2];
    parts[0] = pod.uid();
    parts[1] = fact.type();
    System.arraycopy(told, 0, parts, 2, told.length);
    return new Event<>(EventId.of(parts), source, time, fact);
  }
}
