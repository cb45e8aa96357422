package io.flintwheel.status.logs;

import org.jspecify.annotations.Nullable;

/** Whether there is a log, and what is in it, cannot be told now. */
public final class LogUnavailable extends Exception {

  private static final long serialVersionUID = 1L;

  LogUnavailable(String reason, @Nullable Exception cause) {
    super(reason, cause);
  }

  /** Why, in words for the one who asked. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
