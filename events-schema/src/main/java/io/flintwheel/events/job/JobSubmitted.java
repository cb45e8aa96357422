package io.flintwheel.events.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * The driver pod and what it needs exist.
 *
 * @param driver the driver pod
 * @param applicationId Spark's id of the application
 * @param specDigest {@link JobSpec#digest()} of what the driver was made from, by which a request
 *     that comes again is told from another under the same id
 */
public record JobSubmitted(
    JobId jobId,
    String namespace,
    int attempt,
    PodRef driver,
    String applicationId,
    @Nullable String specDigest)
    implements JobFact {

  public static final String TYPE = "io.flintwheel.job.submitted.v1";

  public JobSubmitted {
    JobFact.requireAttempt(attempt);
  }

  @Override
  @JsonIgnore
  public String type() {
    return TYPE;
  }
}
