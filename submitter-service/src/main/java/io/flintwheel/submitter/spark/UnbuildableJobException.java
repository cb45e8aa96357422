package io.flintwheel.submitter.spark;

/** Spark cannot make a driver of this configuration, now or later. */
public final class UnbuildableJobException extends Exception {

  private static final long serialVersionUID = 1L;

  UnbuildableJobException(String message, Throwable cause) {
    super(message, cause);
  }

  UnbuildableJobException(String message) {
    super(message);
  }
}
