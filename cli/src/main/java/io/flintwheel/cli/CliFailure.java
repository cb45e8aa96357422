package io.flintwheel.cli;

/** What went wrong, in one paragraph for the person at the keyboard. */
public class CliFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CliFailure(String message) {
    super(message);
  }

  public CliFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
