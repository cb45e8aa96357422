package io.flintwheel.scheduler.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flintwheel.scheduler.SchedulerDatabase;
import io.flintwheel.scheduler.loop.Backoff;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignalListenerIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final SchedulerDatabase database = SchedulerDatabase.create("signals");
  private final AtomicInteger schedules = new AtomicInteger();
  private final AtomicInteger outbox = new AtomicInteger();
  private final SignalListener listener =
      new SignalListener(
          database.connect(),
          Map.of(
              Signal.SCHEDULES, schedules::incrementAndGet, Signal.OUTBOX, outbox::incrementAndGet),
          new Backoff(Duration.ofMillis(10), Duration.ofMillis(100)));

  @BeforeEach
  void listen() {
    listener.start();
    // Whoever begins to listen may have missed something.
    await().atMost(PATIENCE).until(() -> schedules.get() == 1 && outbox.get() == 1);
  }

  @AfterEach
  void close() {
    listener.close();
  }

  @Test
  void wakesOnlyThoseConcernedWhenTransactionCommits() {
    send(Signal.OUTBOX);

    await().atMost(PATIENCE).until(() -> outbox.get() == 2);
    assertThat(schedules).hasValue(1);
  }

  @Test
  void wakesEverybodyWhenItsConnectionWasLost() {
    database.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE datname = 'signals' AND pid <> pg_backend_pid()");

    await().atMost(PATIENCE).until(() -> schedules.get() == 2 && outbox.get() == 2);
    send(Signal.SCHEDULES);
    await().atMost(PATIENCE).until(() -> schedules.get() == 3);
  }

  private void send(Signal signal) {
    database
        .connect()
        .inTransaction(
            connection -> {
              signal.send(connection);
              return signal;
            });
  }
}
