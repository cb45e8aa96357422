package io.flintwheel.scheduler.database;

import java.sql.SQLException;

/** PostgreSQL is away, or refused; nothing of the transaction happened. */
public final class DatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DatabaseException(SQLException cause) {
    super(cause);
  }
}
