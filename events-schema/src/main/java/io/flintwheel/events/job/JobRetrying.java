package io.flintwheel.events.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/**
 * The attempt failed and another follows.
 *
 * @param nextAttempt the number of the attempt that follows
 * @param notBefore when it is requested
 */
public record JobRetrying(
    JobId jobId, String namespace, int attempt, int nextAttempt, Instant notBefore)
    implements JobFact {

  public static final String TYPE = "io.flintwheel.job.retrying.v1";

  public JobRetrying {
    JobFact.requireAttempt(attempt);
  }

  @Override
  @JsonIgnore
  public String type() {
    return TYPE;
  }
}
