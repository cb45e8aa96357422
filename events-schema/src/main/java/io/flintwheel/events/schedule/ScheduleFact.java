package io.flintwheel.events.schedule;

import io.flintwheel.events.EventData;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Something is true of a schedule; travels on {@code Topics.SCHEDULE_EVENTS}. */
public sealed interface ScheduleFact extends EventData
    permits ScheduleCreated,
        ScheduleUpdated,
        SchedulePaused,
        ScheduleResumed,
        ScheduleDeleted,
        TickFired,
        TickDropped {

  ScheduleId scheduleId();

  /** Facts about one schedule are in order. */
  @Override
  default String recordKey() {
    return scheduleId().value();
  }

  /** The record of every type. */
  static Map<String, Class<? extends ScheduleFact>> types() {
    Map<String, Class<? extends ScheduleFact>> types = new LinkedHashMap<>();
    types.put(ScheduleCreated.TYPE, ScheduleCreated.class);
    types.put(ScheduleUpdated.TYPE, ScheduleUpdated.class);
    types.put(SchedulePaused.TYPE, SchedulePaused.class);
    types.put(ScheduleResumed.TYPE, ScheduleResumed.class);
    types.put(ScheduleDeleted.TYPE, ScheduleDeleted.class);
    types.put(TickFired.TYPE, TickFired.class);
    types.put(TickDropped.TYPE, TickDropped.class);
    return Collections.unmodifiableMap(types);
  }
}
