package io.flintwheel.scheduler.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** What replicas tell each other through PostgreSQL's NOTIFY when a transaction commits. */
public enum Signal {
  /** A schedule changed: the next due time may be earlier. */
  SCHEDULES("flintwheel_schedules"),
  /** There is something to publish. */
  OUTBOX("flintwheel_outbox");

  private final String channel;

  Signal(String channel) {
    this.channel = channel;
  }

  String channel() {
    return channel;
  }

  /** Sent when the transaction commits, once however often it is asked. */
  public void send(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT pg_notify(?, '')")) {
      statement.setString(1, channel);
      statement.execute();
    }
  }
}
