package io.flintwheel.scheduler.schedule;

import io.flintwheel.events.schedule.ScheduleId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as it is kept.
 *
 * @param revision counts its definitions, from 1
 * @param version counts its changes of any kind, from 1
 * @param paused whether it has no ticks for now
 * @param mark what became of every tick up to here is decided; it never moves back
 * @param nextDue when the next tick is due; null when there is none any more
 * @param createdAt with the id, what tells it from an earlier schedule of that id
 */
public record Schedule(
    ScheduleId id,
    int revision,
    long version,
    ScheduleDefinition definition,
    boolean paused,
    Instant mark,
    @Nullable Instant nextDue,
    Instant createdAt,
    Instant updatedAt) {

  /** A new one, whose first tick comes after {@code now}. */
  public static Schedule create(ScheduleId id, ScheduleDefinition definition, Instant now) {
    return new Schedule(id, 1, 1, definition, false, now, nextDue(definition, now), now, now);
  }

  /** With another definition, whose first tick comes after the mark and after {@code now}. */
  public Schedule edited(ScheduleDefinition other, Instant now) {
    Instant from = later(mark, now);
    return new Schedule(
        id, revision + 1, version + 1, other, paused, from, nextDue(other, from), createdAt, now);
  }

  public Schedule pausedAt(Instant now) {
    return new Schedule(
        id, revision, version + 1, definition, true, later(mark, now), nextDue, createdAt, now);
  }

  /** Going on; what would have been due during the pause is not caught up. */
  public Schedule resumedAt(Instant now) {
    Instant from = later(mark, now);
    return new Schedule(
        id,
        revision,
        version + 1,
        definition,
        false,
        from,
        nextDue(definition, from),
        createdAt,
        now);
  }

  /** With every tick up to {@code upTo} decided. */
  public Schedule decidedUpTo(Instant upTo) {
    Instant from = later(mark, upTo);
    return new Schedule(
        id,
        revision,
        version,
        definition,
        paused,
        from,
        nextDue(definition, from),
        createdAt,
        updatedAt);
  }

  private static @Nullable Instant nextDue(ScheduleDefinition definition, Instant after) {
    return definition.recurrences().next(after).orElse(null);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
