package io.flintwheel.scheduler.database;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Transactions. */
@Singleton
public class Database {

  private final DataSource dataSource;

  public Database(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Does all of the work or nothing of it.
   *
   * @throws DatabaseException when the database is away or refuses
   */
  public <T> T inTransaction(Work<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      boolean done = false;
      try {
        T result = work.run(connection);
        connection.commit();
        done = true;
        return result;
      } finally {
        if (!done) {
          rollback(connection);
        }
        restore(connection);
      }
    } catch (SQLException e) {
      throw new DatabaseException(e);
    } catch (AssertionError e) {
      // The driver's way to say that the connection ended in the middle of a batch.
      throw new DatabaseException(new SQLException("the connection ended", e));
    }
  }

  /** A connection of its own for as long as the caller wants, in auto-commit mode. */
  Connection connection() throws SQLException {
    return dataSource.getConnection();
  }

  private static void rollback(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // The connection is gone, and with it the transaction; the first failure is the one to tell.
    }
  }

  private static void restore(Connection connection) {
    try {
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      // A broken connection is not used again.
    }
  }
}
