package io.flintwheel.events.schedule;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.flintwheel.events.job.JobId;
import java.time.Instant;

/**
 * A tick of the schedule requested a job.
 *
 * @param nominalTime the time it stands for, which is not when it was processed
 * @param kind why it exists
 * @param jobId the job it requested
 */
public record TickFired(ScheduleId scheduleId, Instant nominalTime, TickKind kind, JobId jobId)
    implements ScheduleFact {

  public static final String TYPE = "io.flintwheel.tick.fired.v1";

  @Override
  @JsonIgnore
  public String type() {
    return TYPE;
  }
}
