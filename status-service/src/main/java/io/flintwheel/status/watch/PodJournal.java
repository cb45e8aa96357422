package io.flintwheel.status.watch;

import io.flintwheel.events.job.JobId;
import io.flintwheel.status.projection.StoreUnavailable;

/** What was told before, as the database has it. */
interface PodJournal {

  /** True when somebody asked for the attempt to be cancelled. */
  boolean isCancelRequested(JobId jobId, int attempt) throws StoreUnavailable;

  /** True when an end of the attempt was told, by whomever. */
  boolean hasEnded(JobId jobId, int attempt) throws StoreUnavailable;
}
