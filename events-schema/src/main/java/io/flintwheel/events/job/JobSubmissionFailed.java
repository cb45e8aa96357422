package io.flintwheel.events.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * The driver pod could not be made. That ends the attempt: its request changes nothing any more.
 *
 * @param specDigest {@link JobSpec#digest()} of what was asked for, by which a request that comes
 *     again is told from another under the same id
 */
public record JobSubmissionFailed(
    JobId jobId, String namespace, int attempt, Failure failure, @Nullable String specDigest)
    implements JobFact {

  public static final String TYPE = "io.flintwheel.job.submission-failed.v1";

  public JobSubmissionFailed {
    JobFact.requireAttempt(attempt);
  }

  @Override
  @JsonIgnore
  public String type() {
    return TYPE;
  }
}
