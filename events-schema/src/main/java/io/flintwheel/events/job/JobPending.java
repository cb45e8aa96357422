package io.flintwheel.events.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * The driver pod exists and does not run yet.
 *
 * @param driver the driver pod
 * @param reason why it waits, when Kubernetes says so, such as {@code Unschedulable}
 * @param message the same in words
 */
public record JobPending(
    JobId jobId,
    String namespace,
    int attempt,
    PodRef driver,
    @Nullable String reason,
    @Nullable String message)
    implements JobFact {

  public static final String TYPE = "io.flintwheel.job.pending.v1";

  public JobPending {
    JobFact.requireAttempt(attempt);
  }

  @Override
  @JsonIgnore
  public String type() {
    return TYPE;
  }
}
