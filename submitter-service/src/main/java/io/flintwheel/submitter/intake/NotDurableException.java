package io.flintwheel.submitter.intake;

/** The broker did not confirm what was told; it is told again. */
final class NotDurableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotDurableException(Throwable cause) {
    super("the broker did not confirm an event", cause);
  }
}
