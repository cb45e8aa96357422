package io.flintwheel.scheduler.housekeeping;

import io.flintwheel.scheduler.database.Database;
import io.flintwheel.scheduler.database.DatabaseException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import org.jboss.logging.Logger;

/**
 * How many events wait to be published, and for how long the oldest has waited. Made at the start,
 * so that whoever scrapes sees the gauges before they were first measured.
 */
@Startup
@Singleton
class OutboxDepth {

  private static final Logger LOG = Logger.getLogger(OutboxDepth.class);

  private final Database database;
  private volatile long waiting;
  private volatile double oldestSeconds;

  OutboxDepth(Database database, MeterRegistry registry) {
    this.database = database;
    Gauge.builder("flintwheel.outbox.waiting", this, depth -> depth.waiting)
        .description("Events that wait to be published")
        .register(registry);
    Gauge.builder("flintwheel.outbox.oldest.seconds", this, depth -> depth.oldestSeconds)
        .description("How long the oldest event that waits has waited")
        .register(registry);
  }

  @Scheduled(every = "10s", delayed = "10s", concurrentExecution = ConcurrentExecution.SKIP)
  void measure() {
    try {
      database.inTransaction(
          connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement(
                        "SELECT count(*), COALESCE(EXTRACT(EPOCH FROM clock_timestamp()"
                            + " - min(created_at)), 0) FROM outbox WHERE published_at IS NULL");
                ResultSet rows = statement.executeQuery()) {
              rows.next();
              waiting = rows.getLong(1);
              oldestSeconds = rows.getDouble(2);
              return waiting;
            }
          });
    } catch (DatabaseException e) {
      LOG.debugf("outbox not measured; cause=%s", e.getCause());
    }
  }
}
