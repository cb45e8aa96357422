package io.flintwheel.scheduler.tick;

import io.flintwheel.events.job.JobId;
import io.flintwheel.events.schedule.DropReason;
import io.flintwheel.events.schedule.ScheduleId;
import io.flintwheel.events.schedule.TickKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One nominal time of a schedule and what became of it. Several neighbouring ticks that were
 * dropped for one reason can be one of these.
 *
 * @param nominal the time it stands for; of the first, when it tells of several
 * @param jobId the job that a fired one requested
 * @param reason why a dropped one was dropped
 * @param count of how many it tells
 * @param countIsMinimum whether there were more than {@code count}
 * @param until when it tells of several: none of them is later
 */
public record Tick(
    ScheduleId scheduleId,
    Instant nominal,
    TickKind kind,
    TickOutcome outcome,
    @Nullable JobId jobId,
    @Nullable DropReason reason,
    int count,
    boolean countIsMinimum,
    @Nullable Instant until) {

  static Tick fired(ScheduleId scheduleId, Instant nominal, TickKind kind) {
    return new Tick(
        scheduleId,
        nominal,
        kind,
        TickOutcome.FIRED,
        scheduleId.jobOf(nominal, kind),
        null,
        1,
        false,
        null);
  }

  static Tick dropped(ScheduleId scheduleId, Instant nominal, DropReason reason) {
    return new Tick(
        scheduleId, nominal, TickKind.SCHEDULED, outcomeOf(reason), null, reason, 1, false, null);
  }

  static Tick droppedRange(
      ScheduleId scheduleId,
      Instant first,
      Instant until,
      DropReason reason,
      int count,
      boolean countIsMinimum) {
    return new Tick(
        scheduleId,
        first,
        TickKind.SCHEDULED,
        outcomeOf(reason),
        null,
        reason,
        count,
        countIsMinimum,
        until);
  }

  private static TickOutcome outcomeOf(DropReason reason) {
    return switch (reason) {
      case PAUSED, DELETED -> TickOutcome.SKIPPED;
      case SUPERSEDED, TOO_LATE, UNKNOWN -> TickOutcome.MISSED;
    };
  }
}
