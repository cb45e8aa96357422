package io.flintwheel.events.job;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * A request named a known job with another specification. The first job is untouched: this changes
 * no state.
 *
 * @param message what differs
 */
public record JobConflicted(JobId jobId, String namespace, int attempt, String message)
    implements JobFact {

  public static final String TYPE = "io.flintwheel.job.conflicted.v1";

  public JobConflicted {
    JobFact.requireAttempt(attempt);
  }

  @Override
  @JsonIgnore
  public String type() {
    return TYPE;
  }
}
