package io.flintwheel.scheduler.health;

import io.flintwheel.scheduler.database.Database;
import io.flintwheel.scheduler.database.DatabaseException;
import io.flintwheel.scheduler.database.Schema;
import io.flintwheel.scheduler.loop.Backoff;
import io.flintwheel.scheduler.loop.WorkLoop;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks PostgreSQL every two seconds whether it takes writes, in a thread of its own, so that a
 * health request never waits for it.
 */
@Singleton
class PostgresWatch {

  private static final Duration PERIOD = Duration.ofSeconds(2);

  /** An answer that takes longer is none. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final Database database;
  private final Schema schema;
  private final WorkLoop loop =
      new WorkLoop("flintwheel-postgres-watch", this::ask, new Backoff(PERIOD, PERIOD));
  private volatile String trouble = "not asked yet";
  private volatile long asked = System.nanoTime();

  PostgresWatch(Database database, Schema schema) {
    this.database = database;
    this.schema = schema;
  }

  void start(@Observes StartupEvent event) {
    loop.start();
  }

  /** What is wrong with PostgreSQL, in an operator's words; empty when nothing is. */
  Optional<String> trouble() {
    Duration since = Duration.ofNanos(System.nanoTime() - asked);
    boolean late = since.compareTo(PERIOD.plus(PATIENCE)) > 0;
    return trouble.isEmpty() && late
        ? Optional.of("no answer for " + since.minus(PERIOD).toSeconds() + " seconds")
        : Optional.of(trouble).filter(words -> !words.isEmpty());
  }

  private Duration ask() {
    asked = System.nanoTime();
    try {
      trouble =
          database.inTransaction(PostgresWatch::takesWrites)
              ? schemaTrouble()
              : DatabaseException.NO_WRITES;
    } catch (DatabaseException e) {
      trouble = e.reason();
    }
    return PERIOD;
  }

  private String schemaTrouble() {
    return schema.ready() ? "" : "schema not migrated";
  }

  private static boolean takesWrites(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SHOW transaction_read_only");
        ResultSet answer = statement.executeQuery()) {
      return !answer.next() || !answer.getString(1).equals("on");
    }
  }

  @PreDestroy
  void close() {
    loop.close();
  }
}
