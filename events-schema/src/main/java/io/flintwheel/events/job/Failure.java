package io.flintwheel.events.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Why something failed, in data and in words.
 *
 * @param failureClass whose fault it is; {@code class} in JSON
 * @param exitCode of the driver's container, when it ran
 * @param reason one word from Kubernetes or from us, such as {@code OOMKilled} or {@code Error}
 * @param message what happened; of a driver, its exception line
 * @param hint what would help, when we know
 */
public record Failure(
    @JsonProperty("class") FailureClass failureClass,
    @Nullable Integer exitCode,
    @Nullable String reason,
    @Nullable String message,
    @Nullable String hint) {

  public static Failure of(FailureClass failureClass, String reason, String message) {
    return new Failure(failureClass, null, reason, message, null);
  }
}
