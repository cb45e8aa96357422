package io.flintwheel.events.schedule;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * The schedule has ticks again; those of the pause are not caught up.
 *
 * @param revision counts the definitions of the schedule, from 1
 */
public record ScheduleResumed(ScheduleId scheduleId, int revision) implements ScheduleFact {

  public static final String TYPE = "io.flintwheel.schedule.resumed.v1";

  @Override
  @JsonIgnore
  public String type() {
    return TYPE;
  }
}
