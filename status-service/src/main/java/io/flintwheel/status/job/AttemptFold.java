package io.flintwheel.status.job;

import io.flintwheel.events.job.ExecutorChanged;
import io.flintwheel.events.job.JobAccepted;
import io.flintwheel.events.job.JobCancelled;
import io.flintwheel.events.job.JobFact;
import io.flintwheel.events.job.JobFailed;
import io.flintwheel.events.job.JobLifecycle;
import io.flintwheel.events.job.JobLost;
import io.flintwheel.events.job.JobPending;
import io.flintwheel.events.job.JobRejected;
import io.flintwheel.events.job.JobRetrying;
import io.flintwheel.events.job.JobRunning;
import io.flintwheel.events.job.JobState;
import io.flintwheel.events.job.JobSubmissionFailed;
import io.flintwheel.events.job.JobSubmitted;
import io.flintwheel.events.job.JobSucceeded;
import io.flintwheel.events.job.JobTimedOut;
import io.flintwheel.events.job.PodRef;
import io.flintwheel.events.job.Problem;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An attempt being told one fact. What comes out does not depend on the order in which facts are
 * told: times are the earliest, ends the strongest, waiting the latest, and pods only gain. Where
 * two facts contradict each other all readers believe the same one ({@link Either}).
 */
final class AttemptFold {

  private JobLifecycle lifecycle;
  private Times times;
  private @Nullable PodRef driver;
  private @Nullable String applicationId;
  private @Nullable Integer uiPort;
  private @Nullable Waiting waiting;
  private @Nullable End end;
  private List<Problem> warnings;
  private List<Problem> problems;
  private final Map<String, Executor> executors;

  private AttemptFold(Attempt attempt) {
    lifecycle = attempt.lifecycle();
    times = attempt.times();
    driver = attempt.driver();
    applicationId = attempt.applicationId();
    uiPort = attempt.uiPort();
    waiting = attempt.waiting();
    end = attempt.end();
    warnings = attempt.warnings();
    problems = attempt.problems();
    executors = new HashMap<>(attempt.executors());
  }

  static Attempt requested(Attempt attempt, Instant time) {
    AttemptFold fold = new AttemptFold(attempt);
    fold.times = fold.times.merge(Times.requested(time));
    return fold.result();
  }

  static Attempt tell(Attempt attempt, JobFact fact, Instant time) {
    AttemptFold fold = new AttemptFold(attempt);
    // Whether another attempt follows is the job's matter; this attempt stays failed.
    if (!(fact instanceof JobRetrying)) {
      fold.lifecycle = fold.lifecycle.apply(fact);
    }
    fold.take(fact, time);
    return fold.result();
  }

  private void take(JobFact fact, Instant time) {
    if (fact instanceof JobAccepted accepted) {
      times = times.merge(Times.accepted(time));
      warnings = Either.ofLists(warnings, accepted.warnings());
    } else if (fact instanceof JobRejected rejected) {
      problems = Either.ofLists(problems, rejected.problems());
      ended(new End(JobState.REJECTED, time, rejected.failure()));
    } else if (fact instanceof JobSubmitted submitted) {
      times = times.merge(Times.submitted(time));
      driver = Pods.merge(driver, submitted.driver());
      applicationId = Either.of(applicationId, submitted.applicationId());
    } else if (fact instanceof JobSubmissionFailed failed) {
      ended(new End(JobState.FAILED, time, failed.failure()));
    } else if (fact instanceof JobPending pending) {
      driver = Pods.merge(driver, pending.driver());
      waiting = Waiting.newer(waiting, new Waiting(pending.reason(), pending.message(), time));
    } else if (fact instanceof JobRunning running) {
      driver = Pods.merge(driver, running.driver());
      uiPort = uiPort == null ? running.uiPort() : uiPort;
      times = times.merge(Times.started(running.startedAt()));
    } else if (fact instanceof JobSucceeded succeeded) {
      driver = Pods.merge(driver, succeeded.driver());
      times = times.merge(Times.started(succeeded.startedAt()));
      ended(new End(JobState.SUCCEEDED, succeeded.finishedAt(), null));
    } else if (fact instanceof JobFailed failed) {
      driver = Pods.merge(driver, failed.driver());
      times = times.merge(Times.started(failed.startedAt()));
      ended(new End(JobState.FAILED, failed.finishedAt(), failed.failure()));
    } else if (fact instanceof JobLost lost) {
      driver = Pods.merge(driver, lost.driver());
      ended(new End(JobState.LOST, time, lost.failure()));
    } else if (fact instanceof JobCancelled cancelled) {
      driver = cancelled.driver() == null ? driver : Pods.merge(driver, cancelled.driver());
      ended(new End(JobState.CANCELLED, time, null));
    } else if (fact instanceof JobTimedOut timedOut) {
      ended(new End(JobState.TIMED_OUT, time, timedOut.failure()));
    } else if (fact instanceof ExecutorChanged executor) {
      executors.merge(executor.executorId(), Executor.toldBy(executor, time), Executor::merge);
    }
  }

  private void ended(End told) {
    end = End.stronger(end, told);
  }

  /** Of an end that did not hold, such as the refusal of a second request, nothing is told. */
  private Attempt result() {
    JobState state = lifecycle.state();
    return new Attempt(
        lifecycle,
        times,
        driver,
        applicationId,
        uiPort,
        waiting,
        end == null || end.state() != state ? null : end,
        warnings,
        state == JobState.REJECTED ? problems : List.of(),
        executors);
  }
}
