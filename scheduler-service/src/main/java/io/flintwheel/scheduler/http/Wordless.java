package io.flintwheel.scheduler.http;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A failure as it may be logged: its types, SQLSTATE and stack traces, without its messages, since
 * those of databases and parsers quote rows and documents.
 */
final class Wordless extends Exception {

  private static final long serialVersionUID = 1L;

  private static final int MOST_CAUSES = 10;

  private Wordless(Throwable failure, @Nullable Wordless cause) {
    super(describe(failure), cause);
    setStackTrace(failure.getStackTrace());
  }

  private static String describe(Throwable failure) {
    String type = failure.getClass().getName();
    return failure instanceof SQLException sql ? type + " SQLSTATE " + sql.getSQLState() : type;
  }

  static Wordless of(Throwable failure) {
    return of(failure, MOST_CAUSES);
  }

  private static Wordless of(Throwable failure, int mostCauses) {
    Throwable cause = failure.getCause();
    return new Wordless(
        failure, cause == null || mostCauses == 0 ? null : of(cause, mostCauses - 1));
  }
}
