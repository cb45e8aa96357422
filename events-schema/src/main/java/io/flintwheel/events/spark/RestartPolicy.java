package io.flintwheel.events.spark;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Whether a job that ended is run again.
 *
 * @param type {@code Never} when not given
 * @param onFailureRetries runs after the first under {@code OnFailure}; none when not given
 * @param onFailureRetryInterval seconds; 5 when not given and the type is not {@code Never}
 * @param onSubmissionFailureRetries submissions after the first; none when not given
 * @param onSubmissionFailureRetryInterval seconds; 5 when not given and the type is not {@code
 *     Never}
 */
public record RestartPolicy(
    @Nullable Type type,
    @Bounds(min = 0, max = Integer.MAX_VALUE) @Nullable Integer onFailureRetries,
    @Bounds(min = 1) @Nullable Long onFailureRetryInterval,
    @Bounds(min = 0, max = Integer.MAX_VALUE) @Nullable Integer onSubmissionFailureRetries,
    @Bounds(min = 1) @Nullable Long onSubmissionFailureRetryInterval) {

  /** After which ends a job is run again. */
  public enum Type {
    @JsonProperty("Never")
    NEVER,
    @JsonProperty("OnFailure")
    ON_FAILURE,
    @JsonProperty("Always")
    ALWAYS
  }
}
