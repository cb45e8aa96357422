package io.flintwheel.events.job;

import java.util.Map;
import java.util.Optional;

/** Which state each kind of fact tells of its attempt. */
final class JobFactStates {

  private static final Map<Class<? extends JobFact>, JobState> STATES =
      Map.ofEntries(
          Map.entry(JobAccepted.class, JobState.ACCEPTED),
          Map.entry(JobRejected.class, JobState.REJECTED),
          Map.entry(JobSubmitted.class, JobState.SUBMITTED),
          Map.entry(JobSubmissionFailed.class, JobState.FAILED),
          Map.entry(JobPending.class, JobState.PENDING),
          Map.entry(JobRunning.class, JobState.RUNNING),
          Map.entry(JobSucceeded.class, JobState.SUCCEEDED),
          Map.entry(JobFailed.class, JobState.FAILED),
          Map.entry(JobLost.class, JobState.LOST),
          Map.entry(JobCancelled.class, JobState.CANCELLED),
          Map.entry(JobRetrying.class, JobState.RETRYING),
          Map.entry(JobTimedOut.class, JobState.TIMED_OUT));

  private JobFactStates() {}

  /** Empty for a conflict, which changes nothing, and for executors, which are not the job. */
  static Optional<JobState> stateOf(JobFact fact) {
    return Optional.ofNullable(STATES.get(fact.getClass()));
  }

  /** A failed attempt ends the job or not, as the policy says; every other state is what it is. */
  static JobState judged(JobState state, JobFact fact, RetryPolicy policy) {
    if (state != JobState.FAILED) {
      return state;
    }
    return switch (policy.verdict(fact.attempt(), failureOf(fact))) {
      case ENDS_JOB -> JobState.FAILED;
      case RETRIED -> JobState.RETRYING;
    };
  }

  private static FailureClass failureOf(JobFact fact) {
    if (fact instanceof JobFailed failed) {
      return failed.failure().failureClass();
    }
    if (fact instanceof JobSubmissionFailed failed) {
      return failed.failure().failureClass();
    }
    return FailureClass.UNKNOWN;
  }
}
