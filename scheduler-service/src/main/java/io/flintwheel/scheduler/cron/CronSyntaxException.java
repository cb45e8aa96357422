package io.flintwheel.scheduler.cron;

/** A cron expression that cannot be taken; says which field and what would be right. */
public final class CronSyntaxException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String expected;

  CronSyntaxException(String message, String expected) {
    super(message);
    this.expected = expected;
  }

  /** What would be right. */
  public String expected() {
    return expected;
  }
}
