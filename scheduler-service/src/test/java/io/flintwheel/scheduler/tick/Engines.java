package io.flintwheel.scheduler.tick;

import io.flintwheel.scheduler.database.Database;
import io.flintwheel.scheduler.database.DatabaseClock;
import io.flintwheel.scheduler.outbox.Outbox;
import io.flintwheel.scheduler.schedule.ScheduleConfig;
import io.flintwheel.scheduler.schedule.ScheduleStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Optional;

/** Engines as replicas have them, without Quarkus around them. */
public final class Engines {

  private Engines() {}

  /** What replicas have by default, with another batch size. */
  public static TickConfig config(int batchSize) {
    return new TickConfig() {
      @Override
      public Duration onTime() {
        return Duration.ofMinutes(1);
      }

      @Override
      public Duration catchUpWindow() {
        return Duration.ofHours(1);
      }

      @Override
      public int batchSize() {
        return batchSize;
      }

      @Override
      public Duration maxSleep() {
        return Duration.ofSeconds(10);
      }

      @Override
      public Duration retention() {
        return Duration.ofDays(90);
      }
    };
  }

  public static ScheduleConfig scheduleConfig() {
    return new ScheduleConfig() {
      @Override
      public String cluster() {
        return "test";
      }

      @Override
      public Optional<String> statusUrl() {
        return Optional.empty();
      }

      @Override
      public Duration minInterval() {
        return Duration.ofSeconds(1);
      }
    };
  }

  public static TickRecorder recorder() {
    return new TickRecorder(
        new TickStore(), new TickEvents(scheduleConfig()), new Outbox(), config(100));
  }

  public static TickEngine engine(Database database, DatabaseClock clock, int batchSize) {
    return new TickEngine(
        database,
        clock,
        new ScheduleStore(),
        recorder(),
        new TickMetrics(new SimpleMeterRegistry()),
        config(batchSize));
  }
}
