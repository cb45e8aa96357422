package io.flintwheel.submitter.intake;

/** What a request is in the light of what was said of its job before. */
enum Standing {
  /** Nobody has cancelled it, and it has had no driver. */
  OPEN,
  /** It is what was cancelled. */
  CANCELLED,
  /** The job id is that of a cancelled job, and this is another job. */
  ANOTHER
}
