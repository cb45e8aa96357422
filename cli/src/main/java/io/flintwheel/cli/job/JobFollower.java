package io.flintwheel.cli.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.cli.CliFailure;
import io.flintwheel.events.EventJson;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Follows a job over the status service's stream, through interruptions, until it has ended. */
public final class JobFollower {

  private static final Duration PAUSE = Duration.ofMillis(500);

  /** Three beats of the service's stream. */
  private static final Duration SILENCE = Duration.ofSeconds(45);

  private final HttpApi status;
  private final Consumer<String> trouble;
  private final Silence silence;

  /** Says nothing of a service that does not answer. */
  public JobFollower(HttpApi status) {
    this(status, line -> {});
  }

  /**
   * @param trouble is told, a line each, that the service does not answer, and that it does again
   */
  JobFollower(HttpApi status, Consumer<String> trouble) {
    this(status, trouble, SILENCE);
  }

  /**
   * @param silence after which a stream without a sign of life is given up for a new one
   */
  JobFollower(HttpApi status, Consumer<String> trouble, Duration silence) {
    this.status = status;
    this.trouble = trouble;
    this.silence = Silence.limitedTo(silence);
  }

  /**
   * Returns the job as it ended. Its executors end a moment after it: they are waited for as long
   * as the service does.
   *
   * @param listener is told each change
   * @param timeout after which following is given up
   */
  public JobView follow(String jobId, Duration timeout, Consumer<JobView> listener) {
    return follow(jobId, timeout, JobView::settled, listener);
  }

  /** Returns the job as soon as it is as wanted, or has ended. */
  JobView follow(
      String jobId, Duration timeout, Predicate<JobView> wanted, Consumer<JobView> listener) {
    long deadline = System.nanoTime() + timeout.toNanos();
    JobView[] last = {null};
    Streak streak = new Streak(jobId, trouble);
    while (true) {
      try {
        Optional<JobView> end = until(wanted, jobId, deadline, last, streak, listener);
        if (end.isPresent()) {
          return end.get();
        }
      } catch (CliFailure | UncheckedIOException e) {
        // The service may restart, or not know the job yet; only time ends the patience.
        if (System.nanoTime() > deadline) {
          throw e;
        }
        streak.failed(e);
      }
      if (System.nanoTime() > deadline) {
        throw timedOut(jobId, timeout, last[0]);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private Optional<JobView> until(
      Predicate<JobView> wanted,
      String jobId,
      long deadline,
      @Nullable JobView[] last,
      Streak streak,
      Consumer<JobView> listener) {
    try (Stream<String> lines =
        status.lines("/api/v1/jobs/" + jobId + "/stream", "text/event-stream", silence)) {
      ServerSentEvents.read(
          lines.iterator(),
          data -> {
            streak.ended();
            JobView job = new JobView(json(data));
            if (job.jobId().equals(jobId)) {
              last[0] = job;
              listener.accept(job);
            }
            return !wanted.test(job) && System.nanoTime() < deadline;
          });
    }
    return Optional.ofNullable(last[0]).filter(wanted.or(JobView::ended));
  }

  private static CliFailure timedOut(String jobId, Duration timeout, @Nullable JobView last) {
    return new CliFailure(
        "Job %s has not ended after %d s; it is %s"
            .formatted(jobId, timeout.toSeconds(), last == null ? "not known yet" : last.state()));
  }

  private static JsonNode json(String data) {
    try {
      return EventJson.mapper().readTree(data);
    } catch (JsonProcessingException e) {
      throw new CliFailure("The status-service streamed something that is not JSON", e);
    }
  }
}
