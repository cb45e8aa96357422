package io.flintwheel.events.job;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * The driver pod and what it needs exist.
 *
 * @param driver the driver pod
 * @param applicationId Spark's id of the application
 */
public record JobSubmitted(
    JobId jobId, String namespace, int attempt, PodRef driver, String applicationId)
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
