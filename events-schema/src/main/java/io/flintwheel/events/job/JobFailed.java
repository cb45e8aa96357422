package io.flintwheel.events.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The attempt failed. Whether that ends the job depends on its retry policy.
 *
 * @param driver the driver pod
 * @param startedAt when its container started, if it did
 * @param finishedAt when it ended
 * @param failure why
 */
public record JobFailed(
    JobId jobId,
    String namespace,
    int attempt,
    PodRef driver,
    @Nullable Instant startedAt,
    Instant finishedAt,
    Failure failure)
    implements JobFact {

  public static final String TYPE = "io.flintwheel.job.failed.v1";

  public JobFailed {
    JobFact.requireAttempt(attempt);
  }

  @Override
  @JsonIgnore
  public String type() {
    return TYPE;
  }
}
