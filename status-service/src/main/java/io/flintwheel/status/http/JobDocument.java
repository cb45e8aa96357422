package io.flintwheel.status.http;

import io.flintwheel.events.job.Failure;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobState;
import io.flintwheel.events.job.PodRef;
import io.flintwheel.events.job.Problem;
import io.flintwheel.events.schedule.TickRef;
import io.flintwheel.status.job.Attempt;
import io.flintwheel.status.job.Cancellation;
import io.flintwheel.status.job.End;
import io.flintwheel.status.job.Executor;
import io.flintwheel.status.job.Job;
import io.flintwheel.status.job.Waiting;
import io.flintwheel.status.progress.DriverProgress;
import io.flintwheel.status.progress.Progress;
import io.flintwheel.status.projection.StoredJob;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job as the API tells it.
 *
 * @param attempt the attempt that {@code state} is about
 * @param executors of that attempt
 * @param failure why the current attempt failed, was lost, timed out or was rejected
 * @param waiting why the driver pod waits, while it does
 * @param requestedAt when the job was asked for; the other times are of the current attempt
 * @param progress tasks of the running application, when the driver tells
 */
public record JobDocument(
    JobId jobId,
    String namespace,
    JobState state,
    int attempt,
    List<AttemptDocument> attempts,
    List<ExecutorDocument> executors,
    @Nullable Failure failure,
    @Nullable WaitingDocument waiting,
    Map<String, String> labels,
    @Nullable TickRef tick,
    @Nullable Cancellation cancellation,
    List<Problem> warnings,
    List<Problem> problems,
    @Nullable Instant requestedAt,
    @Nullable Instant acceptedAt,
    @Nullable Instant submittedAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    Instant updatedAt,
    @Nullable Progress progress,
    Links links) {

  /** One driver pod of the job. */
  record AttemptDocument(
      int attempt,
      JobState state,
      @Nullable PodRef driver,
      @Nullable String applicationId,
      @Nullable Instant requestedAt,
      @Nullable Instant acceptedAt,
      @Nullable Instant submittedAt,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      @Nullable Integer exitCode,
      @Nullable Failure failure,
      List<ExecutorDocument> executors) {

    static AttemptDocument of(Attempt attempt) {
      Optional<End> end = Optional.ofNullable(attempt.end());
      Failure failure = end.map(End::failure).orElse(null);
      return new AttemptDocument(
          attempt.number(),
          attempt.state(),
          attempt.driver(),
          attempt.applicationId(),
          attempt.times().requestedAt(),
          attempt.times().acceptedAt(),
          attempt.times().submittedAt(),
          attempt.times().startedAt(),
          end.map(End::at).orElse(null),
          attempt.state() == JobState.SUCCEEDED
              ? Integer.valueOf(0)
              : failure == null ? null : failure.exitCode(),
          failure,
          executorsOf(attempt));
    }
  }

  /**
   * One executor of an attempt.
   *
   * @param waiting why its pod waits, while it does and somebody says so
   */
  record ExecutorDocument(
      String id,
      io.flintwheel.events.job.ExecutorState state,
      PodRef pod,
      Instant since,
      @Nullable Failure failure,
      @Nullable WaitingDocument waiting) {

    static ExecutorDocument of(Executor executor) {
      return new ExecutorDocument(
          executor.id(),
          executor.state(),
          executor.pod(),
          executor.since(),
          executor.failure(),
          executor.isHeldUp() ? WaitingDocument.of(executor.waiting()) : null);
    }
  }

  /** Why a pod waits. */
  record WaitingDocument(@Nullable String reason, @Nullable String message, Instant since) {

    static @Nullable WaitingDocument of(@Nullable Waiting waiting) {
      return waiting == null
          ? null
          : new WaitingDocument(waiting.reason(), waiting.message(), waiting.since());
    }
  }

  /** Where more is told. */
  record Links(String self, String events, String logs, String stream, @Nullable String sparkUi) {

    static Links of(Job job) {
      String self = "/api/v1/jobs/" + job.jobId();
      return new Links(
          self,
          self + "/events",
          self + "/logs",
          self + "/stream",
          DriverProgress.address(job).map(URI::toString).orElse(null));
    }
  }

  static JobDocument of(StoredJob stored, Optional<Progress> progress) {
    Job job = stored.job();
    Attempt current = job.currentAttempt();
    AttemptDocument attempt = AttemptDocument.of(current);
    Instant requestedAt =
        job.attempts().values().stream()
            .map(a -> a.times().requestedAt())
            .filter(time -> time != null)
            .min(Comparator.naturalOrder())
            .orElse(null);
    return new JobDocument(
        job.jobId(),
        job.namespace(),
        job.state(),
        job.lifecycle().attempt(),
        job.toldAttempts().stream().map(AttemptDocument::of).toList(),
        attempt.executors(),
        attempt.failure(),
        WaitingDocument.of(current.currentlyWaiting().orElse(null)),
        job.labels(),
        job.tick(),
        job.cancellation(),
        current.warnings(),
        current.problems(),
        requestedAt,
        attempt.acceptedAt(),
        attempt.submittedAt(),
        attempt.startedAt(),
        attempt.finishedAt(),
        stored.updatedAt(),
        progress.orElse(null),
        Links.of(job));
  }

  private static List<ExecutorDocument> executorsOf(Attempt attempt) {
    return attempt.executors().values().stream()
        .sorted(
            Comparator.comparingInt((Executor e) -> e.id().length()).thenComparing(Executor::id))
        .map(ExecutorDocument::of)
        .toList();
  }
}
