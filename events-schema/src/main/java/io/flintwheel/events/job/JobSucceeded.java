package io.flintwheel.events.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The driver ended well.
 *
 * @param driver the driver pod
 * @param startedAt when its container started, if that is known
 * @param finishedAt when it ended
 */
public record JobSucceeded(
    JobId jobId,
    String namespace,
    int attempt,
    PodRef driver,
    @Nullable Instant startedAt,
    Instant finishedAt)
    implements JobFact {

  public static final String TYPE = "io.flintwheel.job.succeeded.v1";

  public JobSucceeded {
    JobFact.requireAttempt(attempt);
  }

  @Override
  @JsonIgnore
  public String type() {
    return TYPE;
  }
}
