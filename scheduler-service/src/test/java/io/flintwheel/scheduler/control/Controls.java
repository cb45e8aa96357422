package io.flintwheel.scheduler.control;

import io.flintwheel.scheduler.database.DatabaseClock;
import io.flintwheel.scheduler.outbox.Outbox;
import io.flintwheel.scheduler.schedule.ScheduleStore;
import io.flintwheel.scheduler.tick.Engines;

/** What users do to schedules, without HTTP and Quarkus around it. */
public final class Controls {

  private Controls() {}

  public static ScheduleControl control(DatabaseClock clock) {
    return new ScheduleControl(
        new ScheduleStore(), Engines.recorder(), new Outbox(), clock, Engines.scheduleConfig());
  }
}
