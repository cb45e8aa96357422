package io.flintwheel.scheduler.database;

import jakarta.inject.Singleton;
import org.flywaydb.core.Flyway;

/**
 * The schema, brought up to date by whoever needs it first. Quarkus could do that at start, but
 * then a database that is away at start would keep the service from starting.
 */
@Singleton
public class Schema {

  private final Flyway flyway;
  private volatile boolean ready;

  public Schema(Flyway flyway) {
    this.flyway = flyway;
  }

  /** Migrates unless that is done; replicas wait for each other in the database. */
  public synchronized void ensure() {
    if (!ready) {
      flyway.migrate();
      ready = true;
    }
  }

  public boolean ready() {
    return ready;
  }
}
