package io.flintwheel.scheduler.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A sign of life for a transaction that does something else for a while: PostgreSQL ends one that
 * says nothing for 10 s ({@code idle_in_transaction_session_timeout}), so that a replica that hangs
 * holds up no other.
 */
public final class Pulse {

  /** How long beats are apart at least. */
  public static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Connection connection;
  private long last = System.nanoTime();

  public Pulse(Connection connection) {
    this.connection = connection;
  }

  /**
   * Asks PostgreSQL something, unless that was done a moment ago.
   *
   * @throws DatabaseException when the transaction is no more
   */
  public void beat() {
    if (System.nanoTime() - last < INTERVAL.toNanos()) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
    last = System.nanoTime();
  }
}
