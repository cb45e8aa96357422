package io.flintwheel.events.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The driver runs.
 *
 * @param driver the driver pod
 * @param startedAt when its container started
 * @param uiPort where Spark's UI and REST API listen on the driver's address, as its pod declares
 *     it
 */
public record JobRunning(
    JobId jobId,
    String namespace,
    int attempt,
    PodRef driver,
    Instant startedAt,
    @Nullable Integer uiPort)
    implements JobFact {

  public static final String TYPE = "io.flintwheel.job.running.v1";

  public JobRunning {
    JobFact.requireAttempt(attempt);
    if (uiPort != null && (uiPort < 1 || uiPort > 65_535)) {
      throw new IllegalArgumentException("uiPort must be from 1 to 65535, but is " + uiPort);
    }
  }

  /** A driver of which no port is known. */
  public JobRunning(JobId jobId, String namespace, int attempt, PodRef driver, Instant startedAt) {
    this(jobId, namespace, attempt, driver, startedAt, null);
  }

  @Override
  @JsonIgnore
  public String type() {
    return TYPE;
  }
}
