package io.flintwheel.events.job;

import java.util.Optional;

/**
 * Kubeflow's word for a job: {@code status.applicationState.state} of a SparkApplication.
 *
 * <p>Only the words that we ever write. Left out on purpose: the empty word, with which Airflow
 * takes a job for started; {@code SUBMISSION_FAILED}, on which Airflow's sensor waits for ever; and
 * {@code UNKNOWN}, {@code FAILING} and {@code SUCCEEDING}, which Argo Workflows and Argo CD take
 * for final although they pass.
 */
public enum KubeflowState {
  SUBMITTED,
  RUNNING,
  PENDING_RERUN,
  COMPLETED,
  FAILED;

  /** Empty while there is no driver pod: until then the status must not be written at all. */
  public static Optional<KubeflowState> of(JobState state) {
    return switch (state) {
      case REQUESTED, ACCEPTED, UNKNOWN -> Optional.empty();
      case SUBMITTED, PENDING -> Optional.of(SUBMITTED);
      case RUNNING -> Optional.of(RUNNING);
      case RETRYING -> Optional.of(PENDING_RERUN);
      case SUCCEEDED -> Optional.of(COMPLETED);
      case FAILED, CANCELLED, TIMED_OUT, LOST, REJECTED -> Optional.of(FAILED);
    };
  }
}
