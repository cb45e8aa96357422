package io.flintwheel.scheduler;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.schedule.ScheduleId;
import io.flintwheel.scheduler.schedule.DefinitionReader;
import io.flintwheel.scheduler.schedule.DefinitionReading;
import io.flintwheel.scheduler.schedule.Schedule;
import io.flintwheel.scheduler.schedule.ScheduleDefinition;
import java.time.Instant;

/** Schedules for tests. */
public final class Schedules {

  private Schedules() {}

  /** The definition that has this spec, for instance <code>{"every": "PT1S"}</code>. */
  public static ScheduleDefinition definition(String spec) {
    DefinitionReading reading = read(Documents.schedule("any", spec));
    return reading.definition().orElseThrow(() -> new AssertionError(reading.problems()));
  }

  public static DefinitionReading read(String document) {
    try {
      return DefinitionReader.ofAccepted().read(EventJson.mapper().readTree(document));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** A schedule that was created at {@code since}. */
  public static Schedule schedule(String id, String spec, Instant since) {
    return Schedule.create(new ScheduleId(id), definition(spec), since);
  }
}
