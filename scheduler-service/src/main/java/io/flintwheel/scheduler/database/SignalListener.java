package io.flintwheel.scheduler.database;

import io.flintwheel.scheduler.loop.Backoff;
import io.flintwheel.scheduler.loop.WorkLoop;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Hears what replicas tell each other. It keeps one connection; whenever that is new, everybody is
 * woken, since something may have been said while nobody listened.
 */
public final class SignalListener implements AutoCloseable {

  /** A slice of listening, which asks the server nothing: how long closing can have to wait. */
  private static final Duration LISTEN = Duration.ofMillis(250);

  /** So often a connection that hears nothing is asked whether it lives. */
  private static final int SILENT_SLICES = 20;

  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final Database database;
  private final Map<Signal, Runnable> listeners;
  private final WorkLoop loop;
  private volatile boolean closed;

  public SignalListener(Database database, Map<Signal, Runnable> listeners, Backoff backoff) {
    this.database = database;
    this.listeners = Map.copyOf(listeners);
    loop = new WorkLoop("flintwheel-signals", this::listen, backoff);
  }

  public void start() {
    loop.start();
  }

  public boolean alive() {
    return loop.alive();
  }

  private Duration listen() {
    try (Connection connection = database.connection()) {
      try (Statement statement = connection.createStatement()) {
        for (Signal signal : listeners.keySet()) {
          statement.execute("LISTEN " + signal.channel());
        }
      }
      listeners.values().forEach(Runnable::run);
      PGConnection postgres = connection.unwrap(PGConnection.class);
      try {
        int silent = 0;
        while (!closed) {
          PGNotification[] notifications =
              postgres.getNotifications(Math.toIntExact(LISTEN.toMillis()));
          if (notifications != null && notifications.length > 0) {
            silent = 0;
            for (PGNotification notification : notifications) {
              hear(notification.getName());
            }
          } else if (++silent % SILENT_SLICES == 0) {
            // Notices a connection that died without a word.
            if (!connection.isValid(Math.toIntExact(ANSWER.toSeconds()))) {
              throw new SQLException("the connection that listens is dead");
            }
          }
        }
      } finally {
        unlisten(connection);
      }
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
    return Duration.ZERO;
  }

  private static void unlisten(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("UNLISTEN *");
    } catch (SQLException e) {
      // A broken connection listens no more anyway.
    }
  }

  private void hear(String channel) {
    listeners.forEach(
        (signal, listener) -> {
          if (signal.channel().equals(channel)) {
            listener.run();
          }
        });
  }

  @Override
  public void close() {
    closed = true;
    loop.close();
  }
}
