package io.flintwheel.events.job;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * The attempt ran into a deadline and is being stopped.
 *
 * @param failure which deadline
 */
public record JobTimedOut(JobId jobId, String namespace, int attempt, Failure failure)
    implements JobFact {

  public static final String TYPE = "io.flintwheel.job.timed-out.v1";

  public JobTimedOut {
    JobFact.requireAttempt(attempt);
  }

  @Override
  @JsonIgnore
  public String type() {
    return TYPE;
  }
}
