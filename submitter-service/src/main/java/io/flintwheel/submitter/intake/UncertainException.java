package io.flintwheel.submitter.intake;

/** Another replica may have gone on with the work; soon it is known whether. */
final class UncertainException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UncertainException(String message) {
    super(message);
  }
}
