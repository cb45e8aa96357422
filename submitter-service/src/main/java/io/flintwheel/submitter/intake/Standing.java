package io.flintwheel.submitter.intake;

import io.flintwheel.events.job.JobRequested;
import io.flintwheel.submitter.kubernetes.Specification;
import java.util.Optional;

/** What a request is in the light of what was said and done of its job before. */
enum Standing {
  /** Nobody has cancelled it, and if it has had a driver, the pod is there to tell. */
  OPEN,
  /** It is what was cancelled. */
  CANCELLED,
  /** The job id is that of a cancelled job, and this is another job. */
  ANOTHER,
  /** It has had its driver, whose pod is gone, or Kubernetes would not have it. */
  RAN,
  /** The job id is that of such a job, and this is another. */
  RAN_AS_ANOTHER;

  /**
   * What a request is after a cancel of its job.
   *
   * @param of what was cancelled, if that is known
   * @param lastAttempt the last attempt that the cancel holds for: a later one is a new decision of
   *     the scheduler
   */
  static Standing afterCancel(JobRequested request, Optional<Specification> of, int lastAttempt) {
    Specification specification = Specification.of(request);
    if (!of.orElse(specification).equals(specification)) {
      return ANOTHER;
    }
    return request.attempt() <= lastAttempt ? CANCELLED : OPEN;
  }
}
