package io.flintwheel.submitter.intake;

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
  RAN_AS_ANOTHER
}
