package io.flintwheel.submitter.intake;

/** The partition has gone to another consumer, which handles the record. */
final class AbandonedException extends RuntimeException {

  private static final long serialVersionUID = 1L;
}
