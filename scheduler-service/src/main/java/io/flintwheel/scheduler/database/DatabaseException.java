package io.flintwheel.scheduler.database;

import java.sql.SQLException;
import java.util.Set;

/** PostgreSQL is away, or refused; nothing of the transaction happened. */
public final class DatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The schema is not there yet: the database just came up. */
  private static final String UNDEFINED_TABLE = "42P01";

  /** Classes of SQLSTATE: bad data, violated constraints, bad SQL. */
  private static final Set<String> DEFECTS = Set.of("22", "23", "42");

  private final boolean outage;

  DatabaseException(SQLException cause) {
    super(cause);
    outage = isOutage(cause);
  }

  /** Whether the same can succeed later; otherwise it is a defect of ours. */
  public boolean outage() {
    return outage;
  }

  private static boolean isOutage(SQLException cause) {
    String state = cause.getSQLState();
    if (state == null || state.equals(UNDEFINED_TABLE)) {
      return true;
    }
    return !DEFECTS.contains(state.substring(0, Math.min(2, state.length())));
  }
}
