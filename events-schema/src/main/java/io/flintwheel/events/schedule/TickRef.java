package io.flintwheel.events.schedule;

import java.time.Instant;

/**
 * The tick that asked for a job.
 *
 * @param scheduleId its schedule
 * @param nominalTime the time it stands for, which is not when it was processed
 * @param kind why it exists
 */
public record TickRef(ScheduleId scheduleId, Instant nominalTime, TickKind kind) {}
