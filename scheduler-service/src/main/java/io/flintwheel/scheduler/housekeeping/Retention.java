package io.flintwheel.scheduler.housekeeping;

import io.flintwheel.scheduler.database.Database;
import io.flintwheel.scheduler.database.DatabaseException;
import io.flintwheel.scheduler.idempotency.IdempotencyConfig;
import io.flintwheel.scheduler.outbox.OutboxConfig;
import io.flintwheel.scheduler.tick.TickConfig;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Deletes what has been kept long enough; in portions, so that it never holds up a tick. */
@Singleton
class Retention {

  private static final Logger LOG = Logger.getLogger(Retention.class);
  private static final int PORTION = 5_000;

  private final Database database;
  private final Duration ticks;
  private final Duration published;
  private final Duration idempotencyKeys;

  Retention(
      Database database, TickConfig ticks, OutboxConfig outbox, IdempotencyConfig idempotencyKeys) {
    this.database = database;
    this.ticks = ticks.retention();
    this.published = outbox.retention();
    this.idempotencyKeys = idempotencyKeys.retention();
  }

  @Scheduled(every = "1m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
  void trim() {
    try {
      int trimmed =
          trim("outbox", "published_at", "published_at IS NOT NULL", published)
              + trim("tick", "decided_at", "true", ticks)
              + trim("idempotency_key", "created_at", "true", idempotencyKeys);
      if (trimmed > 0) {
        LOG.infof("old rows deleted; rows=%d", trimmed);
      }
    } catch (DatabaseException e) {
      LOG.warnf("old rows not deleted, next time then; cause=%s", e.getCause());
    }
  }

  int trim(String table, String column, String condition, Duration retention) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "DELETE FROM "
                      + table
                      + " WHERE ctid = ANY (ARRAY(SELECT ctid FROM "
                      + table
                      + " WHERE "
                      + condition
                      + " AND "
                      + column
                      + " < clock_timestamp() - make_interval(secs => ?) LIMIT ?))")) {
            statement.setLong(1, retention.toSeconds());
            statement.setInt(2, PORTION);
            return statement.executeUpdate();
          }
        });
  }
}
