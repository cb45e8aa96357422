package io.flintwheel.submitter.kubernetes;

import io.flintwheel.events.job.JobId;
import java.util.Optional;

/** Which attempts must not go on. */
public interface CancelledAttempts {

  /** Why the driver of an attempt is to be stopped; empty when it may go on. */
  Optional<String> reasonToStop(JobId jobId, int attempt);

  /**
   * Whether it was told that the attempt could not be submitted, so that no pod of it may start.
   */
  boolean couldNotBeMade(JobId jobId, int attempt);

  /** Whether that was told, or the job has gone on to a later attempt. */
  boolean isOver(JobId jobId, int attempt);
}
