package io.flintwheel.events.schedule;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * The schedule has no ticks until it is resumed.
 *
 * @param revision counts the definitions of the schedule, from 1
 */
public record SchedulePaused(ScheduleId scheduleId, int revision) implements ScheduleFact {

  public static final String TYPE = "io.flintwheel.schedule.paused.v1";

  @Override
  @JsonIgnore
  public String type() {
    return TYPE;
  }
}
