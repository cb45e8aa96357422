package io.flintwheel.status.job;

import io.flintwheel.events.job.JobLifecycle;
import io.flintwheel.events.job.JobState;
import io.flintwheel.events.job.PodRef;
import io.flintwheel.events.job.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The n-th driver pod of a job.
 *
 * @param lifecycle where this attempt is, for itself: a failed attempt is FAILED even if another
 *     follows
 * @param applicationId Spark's id of the application
 * @param uiPort where Spark's UI listens on the driver, as far as its pod tells
 * @param waiting the last known reason for which the driver pod waited
 * @param warnings what the submitter accepted with a warning
 * @param problems why the submitter refused
 * @param executors by Spark's id
 */
public record Attempt(
    JobLifecycle lifecycle,
    Times times,
    @Nullable PodRef driver,
    @Nullable String applicationId,
    @Nullable Integer uiPort,
    @Nullable Waiting waiting,
    @Nullable End end,
    List<Problem> warnings,
    List<Problem> problems,
    Map<String, Executor> executors) {

  public Attempt {
    warnings = List.copyOf(warnings);
    problems = List.copyOf(problems);
    executors = Map.copyOf(executors);
  }

  static Attempt first(int number) {
    return new Attempt(
        JobLifecycle.requested(number),
        Times.NONE,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        List.of(),
        Map.of());
  }

  public int number() {
    return lifecycle.attempt();
  }

  public JobState state() {
    return lifecycle.state();
  }

  /** Why the driver waits, while it does. */
  public Optional<Waiting> currentlyWaiting() {
    return state() == JobState.PENDING ? Optional.ofNullable(waiting) : Optional.empty();
  }
}
