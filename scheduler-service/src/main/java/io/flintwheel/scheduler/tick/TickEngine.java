package io.flintwheel.scheduler.tick;

import io.flintwheel.scheduler.database.Database;
import io.flintwheel.scheduler.database.DatabaseClock;
import io.flintwheel.scheduler.database.Pulse;
import io.flintwheel.scheduler.schedule.Schedule;
import io.flintwheel.scheduler.schedule.ScheduleStore;
import io.flintwheel.scheduler.schedule.ScheduleStore.Due;
import io.flintwheel.scheduler.schedule.ScheduleStore.Unreadable;
import io.flintwheel.scheduler.tick.TickRecorder.Plan;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Works off what is due. Any number of engines can share a database: each claims schedules that no
 * other one is working on, and a tick is recorded once.
 */
@Singleton
public class TickEngine {

  private static final Logger LOG = Logger.getLogger(TickEngine.class);

  /** Somebody else is working on what is due; look again soon, for it may die. */
  private static final Duration CONTENDED = Duration.ofMillis(100);

  private static final int MOST_BATCH = 1_000;
  private static final Duration TROUBLED = Duration.ofMinutes(5);

  private final Database database;
  private final DatabaseClock clock;
  private final ScheduleStore schedules;
  private final TickRecorder recorder;
  private final TickMetrics metrics;
  private final TickConfig config;

  TickEngine(
      Database database,
      DatabaseClock clock,
      ScheduleStore schedules,
      TickRecorder recorder,
      TickMetrics metrics,
      TickConfig config) {
    if (config.batchSize() < 1 || config.batchSize() > MOST_BATCH) {
      throw new IllegalArgumentException(
          "flintwheel.ticks.batch-size must be 1 to " + MOST_BATCH + ": " + config.batchSize());
    }
    this.database = database;
    this.clock = clock;
    this.schedules = schedules;
    this.recorder = recorder;
    this.metrics = metrics;
    this.config = config;
  }

  /** What one transaction did. */
  private record Batch(int claimed, List<Tick> ticks, Instant now) {}

  /** Works off everything that is due and says how long there is nothing to do. */
  public Duration round() {
    while (runBatch() > 0) {}
    return restUntilDue();
  }

  /** One transaction over some of the schedules that are due; how many they were. */
  int runBatch() {
    Batch batch =
        database.inTransaction(
            connection -> {
              Instant now = clock.now(connection);
              Due due = schedules.claimDue(connection, now, config.batchSize());
              List<Unreadable> troubled = new ArrayList<>(due.unreadable());
              List<Plan> plans = new ArrayList<>();
              List<Schedule> decided = new ArrayList<>();
              Pulse pulse = new Pulse(connection);
              for (Schedule schedule : due.schedules()) {
                pulse.beat();
                try {
                  plans.add(recorder.plan(schedule, now));
                  decided.add(schedule.decidedUpTo(now));
                } catch (IllegalArgumentException | DateTimeException e) {
                  // One schedule must not keep all others from firing.
                  troubled.add(new Unreadable(schedule.id(), String.valueOf(e.getMessage())));
                }
              }
              postpone(connection, troubled, now);
              List<Tick> ticks = recorder.record(connection, plans, now);
              schedules.updateMarks(connection, decided);
              return new Batch(decided.size() + troubled.size(), ticks, now);
            });
    metrics.decided(batch.ticks(), batch.now());
    return batch.claimed();
  }

  private void postpone(Connection connection, List<Unreadable> troubled, Instant now)
      throws SQLException {
    for (Unreadable schedule : troubled) {
      LOG.errorf(
          "schedule cannot be worked on; schedule=%s reason=%s", schedule.id(), schedule.reason());
      schedules.postpone(connection, schedule, now.plus(TROUBLED));
    }
  }

  private Duration restUntilDue() {
    Duration untilDue =
        database.inTransaction(
            connection -> {
              Instant now = clock.now(connection);
              return schedules
                  .earliestDue(connection)
                  .map(due -> Duration.between(now, due))
                  .orElse(config.maxSleep());
            });
    if (untilDue.isNegative() || untilDue.isZero()) {
      return CONTENDED;
    }
    return untilDue.compareTo(config.maxSleep()) < 0 ? untilDue : config.maxSleep();
  }
}
