package io.flintwheel.events.job;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** The driver pod could not be made. */
public record JobSubmissionFailed(JobId jobId, String namespace, int attempt, Failure failure)
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
