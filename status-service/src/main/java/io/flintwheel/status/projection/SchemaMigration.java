package io.flintwheel.status.projection;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;

/**
 * Brings the schema up to date as soon as the database is there; the service starts without it.
 * Nothing touches the tables before {@link #await}.
 */
@Singleton
public class SchemaMigration {

  private static final Logger LOG = Logger.getLogger(SchemaMigration.class);

  private final Flyway flyway;
  private final CountDownLatch done = new CountDownLatch(1);
  private final StandingThread thread = new StandingThread("schema-migration", this::migrate);

  SchemaMigration(Flyway flyway) {
    this.flyway = flyway;
  }

  void start(@Observes StartupEvent event) {
    thread.start();
  }

  void stop(@Observes ShutdownEvent event) {
    thread.stop();
    thread.interrupt();
  }

  /** True when the tables are there. */
  public boolean isDone() {
    return done.getCount() == 0;
  }

  /** Refuses to go on while there are no tables. */
  public void requireDone() throws StoreUnavailable {
    if (!isDone()) {
      throw new StoreUnavailable(new SQLException("the schema is not migrated yet"));
    }
  }

  /** Waits until the tables are there. */
  public void await() throws InterruptedException {
    done.await();
  }

  private void migrate() throws InterruptedException {
    Backoff backoff = Backoff.standard();
    while (!isDone()) {
      try {
        flyway.migrate();
        done.countDown();
      } catch (FlywayException | IllegalStateException e) {
        LOG.warnf("schema is not migrated yet, trying again: %s", e.getMessage());
        backoff.pause();
      }
    }
  }
}
