package io.flintwheel.scheduler.control;

import io.flintwheel.events.schedule.ScheduleId;
import io.flintwheel.scheduler.schedule.Schedule;
import io.flintwheel.scheduler.tick.Tick;

/** What became of something that a user wanted of a schedule. */
public sealed interface ControlResult {

  /** It is as the user wants it, whether or not it was before. */
  record Done(Schedule schedule) implements ControlResult {}

  /** It was made to fire now. */
  record Triggered(Tick tick) implements ControlResult {}

  /** It is gone. */
  record Deleted() implements ControlResult {}

  /** There is one of that id. */
  record Taken(ScheduleId id) implements ControlResult {}

  /** There is none of that id. */
  record Unknown(ScheduleId id) implements ControlResult {}

  /** It was changed since the user looked at it. */
  record Outdated(long version) implements ControlResult {}

  /** Its times are all past. */
  record NeverDue() implements ControlResult {}
}
