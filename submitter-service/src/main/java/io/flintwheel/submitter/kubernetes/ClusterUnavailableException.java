package io.flintwheel.submitter.kubernetes;

import java.time.Duration;
import java.util.Optional;

/** Kubernetes did not do it now and may do it later: overloaded, restarting or unreachable. */
public final class ClusterUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Optional<Duration> retryAfter;

  ClusterUnavailableException(String message, Throwable cause, Optional<Duration> retryAfter) {
    super(message, cause);
    this.retryAfter = retryAfter;
  }

  ClusterUnavailableException(String message) {
    super(message);
    this.retryAfter = Optional.empty();
  }

  /** When the API server wants to be asked again, if it said so. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
