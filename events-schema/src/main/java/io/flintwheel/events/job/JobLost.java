package io.flintwheel.events.job;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * The driver pod is gone and nobody saw how it ended.
 *
 * @param driver the driver pod
 * @param failure what is known
 */
public record JobLost(JobId jobId, String namespace, int attempt, PodRef driver, Failure failure)
    implements JobFact {

  public static final String TYPE = "io.flintwheel.job.lost.v1";

  public JobLost {
    JobFact.requireAttempt(attempt);
  }

  @Override
  @JsonIgnore
  public String type() {
    return TYPE;
  }
}
