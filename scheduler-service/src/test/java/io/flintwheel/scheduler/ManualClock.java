package io.flintwheel.scheduler;

import io.flintwheel.scheduler.database.DatabaseClock;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** A database clock that tests move. */
public final class ManualClock implements DatabaseClock {

  private final AtomicReference<Instant> now;

  public ManualClock(Instant start) {
    now = new AtomicReference<>(start);
  }

  public void advance(Duration by) {
    now.updateAndGet(instant -> instant.plus(by));
  }

  public Instant now() {
    return now.get();
  }

  @Override
  public Instant now(Connection connection) {
    return now.get();
  }
}
