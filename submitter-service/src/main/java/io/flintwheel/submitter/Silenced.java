package io.flintwheel.submitter;

import org.jspecify.annotations.Nullable;

/**
 * What failed and where, for the log, without what it says: exceptions quote what they were given,
 * and that can be a user's secret.
 */
public final class Silenced extends Exception {

  private static final long serialVersionUID = 1L;

  private Silenced(Throwable failure, @Nullable Silenced cause) {
    super(failure.getClass().getName(), cause);
    setStackTrace(failure.getStackTrace());
  }

  /** The failure and its causes. */
  public static Silenced of(Throwable failure) {
    return new Silenced(
        failure, failure.getCause() == null ? null : Silenced.of(failure.getCause()));
  }
}
