package io.flintwheel.events.schedule;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * The schedule has another definition; ticks up to now followed the one before.
 *
 * @param revision counts the definitions of the schedule, from 1
 */
public record ScheduleUpdated(ScheduleId scheduleId, int revision) implements ScheduleFact {

  public static final String TYPE = "io.flintwheel.schedule.updated.v1";

  @Override
  @JsonIgnore
  public String type() {
    return TYPE;
  }
}
