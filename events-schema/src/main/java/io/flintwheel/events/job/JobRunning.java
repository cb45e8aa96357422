package io.flintwheel.events.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/**
 * The driver runs.
 *
 * @param driver the driver pod
 * @param startedAt when its container started
 */
public record JobRunning(
    JobId jobId, String namespace, int attempt, PodRef driver, Instant startedAt)
    implements JobFact {

  public static final String TYPE = "io.flintwheel.job.running.v1";

  public JobRunning {
    JobFact.requireAttempt(attempt);
  }

  @Override
  @JsonIgnore
  public String type() {
    return TYPE;
  }
}
