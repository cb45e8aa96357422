package io.flintwheel.events.job;

/**
 * Something is true of an attempt of a job; travels on {@code Topics.JOB_EVENTS}.
 *
 * <p>A fact says nothing about other attempts: whether a failed attempt ends the job is decided by
 * readers, all with the same function.
 */
public sealed interface JobFact extends JobMessage
    permits JobAccepted,
        JobRejected,
        JobConflicted,
        JobSubmitted,
        JobSubmissionFailed,
        JobPending,
        JobRunning,
        JobSucceeded,
        JobFailed,
        JobLost,
        JobCancelled,
        JobRetrying,
        JobTimedOut,
        ExecutorChanged {

  /** Where the job's pods are. */
  String namespace();

  /** The attempt it is about, from 1. */
  int attempt();

  /** Refuses an attempt that cannot be. */
  static void requireAttempt(int attempt) {
    if (attempt < 1) {
      throw new IllegalArgumentException("attempt starts at 1: " + attempt);
    }
  }
}
