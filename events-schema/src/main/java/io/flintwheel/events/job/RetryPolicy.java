package io.flintwheel.events.job;

/**
 * Whether a failed attempt ends its job.
 *
 * <p>A pure function of the request and of what failed, shared by every reader: the scheduler,
 * which makes the next attempt, and the status service, which must never tell of an end that is
 * taken back.
 */
@FunctionalInterface
public interface RetryPolicy {

  /** {@code restartPolicy: {type: Never}}, and the default: the first failure ends the job. */
  RetryPolicy NEVER = (attempt, failureClass) -> FailureVerdict.ENDS_JOB;

  /** The verdict on the failure of an attempt. */
  FailureVerdict verdict(int attempt, FailureClass failureClass);

  /** The policy that a specification asks for; the submitter refuses all but Never today. */
  static RetryPolicy of(JobSpec spec) {
    return NEVER;
  }
}
