package io.flintwheel.events.schedule;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * The schedule is gone; the history of its ticks stays.
 *
 * @param revision counts the definitions of the schedule, from 1
 */
public record ScheduleDeleted(ScheduleId scheduleId, int revision) implements ScheduleFact {

  public static final String TYPE = "io.flintwheel.schedule.deleted.v1";

  @Override
  @JsonIgnore
  public String type() {
    return TYPE;
  }
}
