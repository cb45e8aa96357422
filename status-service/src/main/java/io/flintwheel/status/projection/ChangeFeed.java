package io.flintwheel.status.projection;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;

/**
 * Tells this replica's streams that some job has changed, whichever replica stored it.
 *
 * <p>A tick carries nothing: who gets one reads what is new to him, so ticks may be lost or merged.
 * One comes at least every second, so that a lost notification is a short delay.
 */
@Singleton
public class ChangeFeed {

  static final String NAME = "change-feed";
  static final String CHANNEL = "job_changed";

  private static final Logger LOG = Logger.getLogger(ChangeFeed.class);
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(1);

  private final DataSource database;
  private final SchemaMigration schema;
  private final BroadcastProcessor<Long> ticks = BroadcastProcessor.create();
  private final StandingThread thread = new StandingThread(NAME, this::listen);

  ChangeFeed(DataSource database, SchemaMigration schema) {
    this.database = database;
    this.schema = schema;
  }

  /** A tick now and then whenever something may have changed; slow readers get fewer. */
  public Multi<Long> ticks() {
    return Multi.createBy()
        .concatenating()
        .streams(Multi.createFrom().item(0L), ticks.onOverflow().dropPreviousItems());
  }

  void start(@Observes StartupEvent event) {
    thread.start();
  }

  void stop(@Observes ShutdownEvent event) {
    thread.stop();
    thread.interrupt();
    ticks.onComplete();
  }

  /** False while the feed fails, however well the database is. */
  boolean works() {
    return thread.works();
  }

  private void listen() throws InterruptedException {
    Backoff backoff = Backoff.standard();
    long count = 0;
    schema.await();
    while (!thread.isStopped()) {
      try (Connection connection = database.getConnection()) {
        try (Statement listen = connection.createStatement()) {
          listen.execute("LISTEN " + CHANNEL);
        }
        PGConnection postgres = connection.unwrap(PGConnection.class);
        while (!thread.isStopped()) {
          ticks.onNext(count++);
          postgres.getNotifications((int) LONGEST_SILENCE.toMillis());
          backoff.reset();
          thread.getsOn();
        }
      } catch (SQLException e) {
        LOG.debugf("change feed listens again: sqlState=%s", e.getSQLState());
        backoff.pause();
      }
    }
  }
}
