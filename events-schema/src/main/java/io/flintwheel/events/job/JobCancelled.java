package io.flintwheel.events.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * The attempt was stopped because somebody asked for it.
 *
 * @param driver the driver pod, if there was one
 * @param reason what the request to cancel said
 */
public record JobCancelled(
    JobId jobId, String namespace, int attempt, @Nullable PodRef driver, @Nullable String reason)
    implements JobFact {

  public static final String TYPE = "io.flintwheel.job.cancelled.v1";

  public JobCancelled {
    JobFact.requireAttempt(attempt);
  }

  @Override
  @JsonIgnore
  public String type() {
    return TYPE;
  }
}
