package io.flintwheel.cli.job;

import io.flintwheel.cli.CliFailure;

/** The service answers, and has no such thing, or not yet. */
public final class NotFound extends CliFailure {

  private static final long serialVersionUID = 1L;

  NotFound(String message) {
    super(message);
  }
}
