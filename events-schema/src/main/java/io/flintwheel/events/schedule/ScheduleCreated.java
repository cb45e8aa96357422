package io.flintwheel.events.schedule;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * A schedule exists from now on; all its ticks are later than this.
 *
 * @param revision counts the definitions of the schedule, from 1
 */
public record ScheduleCreated(ScheduleId scheduleId, int revision) implements ScheduleFact {

  public static final String TYPE = "io.flintwheel.schedule.created.v1";

  @Override
  @JsonIgnore
  public String type() {
    return TYPE;
  }
}
