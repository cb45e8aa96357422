package io.flintwheel.submitter.intake;

/**
 * Why a request that could be decoded is on the dead letter topic; for the others it is a {@link
 * io.flintwheel.events.cloudevent.Decoded.Reason}.
 */
enum DeadLetterReason {
  /** The specification is wrong, not supported or not allowed. */
  REJECTED,
  /** The job id is taken by another specification. */
  CONFLICTED,
  /** Kubernetes does not let the submitter stop the job. */
  CANCEL_REFUSED,
  /** A defect of the submitter. */
  INTERNAL_ERROR
}
