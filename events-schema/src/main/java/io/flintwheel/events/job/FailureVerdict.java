package io.flintwheel.events.job;

/** What the failure of an attempt means for its job. */
public enum FailureVerdict {
  /** The job has failed. */
  ENDS_JOB,
  /** Another attempt follows. */
  RETRIED
}
