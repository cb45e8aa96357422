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

  /** What is told of a server that only reads. */
  public static final String NO_WRITES = "PostgreSQL answers, but takes no writes";

  private static final String READ_ONLY = "25006";

  private final boolean outage;
  private final String reason;

  DatabaseException(SQLException cause) {
    super(cause);
    outage = isOutage(cause);
    reason = takesNoWrites(cause) ? NO_WRITES : String.valueOf(cause.getMessage());
  }

  /** For operators; PostgreSQL's own words but for a server that takes no writes. */
  public String reason() {
    return reason;
  }

  /** What a client may know of an outage. */
  public String inShort() {
    return reason.equals(NO_WRITES) ? NO_WRITES : "PostgreSQL does not answer";
  }

  /** The driver's words when no session was begun, or the server's when one has become so. */
  private static boolean takesNoWrites(SQLException cause) {
    return READ_ONLY.equals(cause.getSQLState())
        || String.valueOf(cause.getMessage()).contains("targetServerType");
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
