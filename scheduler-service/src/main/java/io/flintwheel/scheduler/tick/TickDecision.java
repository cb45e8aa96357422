package io.flintwheel.scheduler.tick;

import io.flintwheel.events.schedule.DropReason;
import io.flintwheel.events.schedule.ScheduleId;
import io.flintwheel.events.schedule.TickKind;
import io.flintwheel.scheduler.recurrence.Recurrence;
import io.flintwheel.scheduler.recurrence.Recurrences;
import io.flintwheel.scheduler.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of the ticks that are due: a pure function of a schedule's mark and the time.
 *
 * <p>The work is bounded however long nobody looked and however many specs there are: it is done
 * under the schedule's lock, in one transaction with other schedules. Ticks that do not fire are
 * counted only up to a limit; the latest of them are looked for from the end.
 */
final class TickDecision {

  /** A gap is counted up to here, by schedules with one spec; with n specs up to an n-th of it. */
  static final int COUNT_LIMIT = 10_000;

  private static final Duration LEAST = Duration.ofNanos(1);

  private TickDecision() {}

  /** Ticks in {@code (mark, now]} of a running schedule, oldest first. */
  static List<Tick> due(Schedule schedule, Instant now, CatchUp catchUp) {
    ScheduleId id = schedule.id();
    Recurrence recurrence = schedule.definition().recurrences();
    Instant windowStart = later(schedule.mark(), now.minus(catchUp.window()));
    Instant lateEnd = later(windowStart, now.minus(catchUp.onTime()).minus(LEAST));

    // One more than get a row, since the latest of them may fire.
    Instant lateStart = lastTicks(recurrence, windowStart, lateEnd, catchUp.mostRows() + 1);
    List<Instant> late = ticks(recurrence, lateStart, lateEnd);
    List<Instant> firing = ticks(recurrence, lateEnd, now);
    if (firing.isEmpty() && !late.isEmpty()) {
      firing.add(late.remove(late.size() - 1));
    }
    int tooMany = late.size() - catchUp.mostRows();
    if (tooMany > 0) {
      lateStart = late.get(tooMany - 1);
      late = late.subList(tooMany, late.size());
    }

    List<Tick> ticks = new ArrayList<>();
    dropped(schedule, schedule.mark(), windowStart, DropReason.TOO_LATE).ifPresent(ticks::add);
    dropped(schedule, windowStart, lateStart, DropReason.SUPERSEDED).ifPresent(ticks::add);
    late.forEach(nominal -> ticks.add(Tick.dropped(id, nominal, DropReason.SUPERSEDED)));
    firing.forEach(nominal -> ticks.add(Tick.fired(id, nominal, TickKind.SCHEDULED)));
    return ticks;
  }

  /**
   * A time from {@code from} on with so many ticks, or a few more, between it and {@code upTo}: it
   * doubles its distance until there are. That is {@code from} when there are fewer in all.
   */
  private static Instant lastTicks(Recurrence recurrence, Instant from, Instant upTo, int wanted) {
    Duration distance = Duration.ofSeconds(wanted);
    while (upTo.minus(distance).isAfter(from)) {
      if (recurrence.count(upTo.minus(distance), upTo, wanted) == wanted) {
        return upTo.minus(distance);
      }
      distance = distance.multipliedBy(2);
    }
    return from;
  }

  private static List<Instant> ticks(Recurrence recurrence, Instant after, Instant upTo) {
    List<Instant> ticks = new ArrayList<>();
    Optional<Instant> tick = recurrence.next(after);
    while (tick.isPresent() && !tick.get().isAfter(upTo)) {
      ticks.add(tick.get());
      tick = recurrence.next(tick.get());
    }
    return ticks;
  }

  /** All ticks in {@code (after, upTo]} as one that was dropped; empty when there is none. */
  static Optional<Tick> dropped(Schedule schedule, Instant after, Instant upTo, DropReason reason) {
    Recurrences recurrences = schedule.definition().recurrences();
    Optional<Instant> first = recurrences.next(after).filter(tick -> !tick.isAfter(upTo));
    if (first.isEmpty()) {
      return Optional.empty();
    }
    int most = COUNT_LIMIT / recurrences.members().size();
    int count = recurrences.count(after, upTo, most + 1);
    if (count == 1) {
      return Optional.of(Tick.dropped(schedule.id(), first.get(), reason));
    }
    return Optional.of(
        Tick.droppedRange(
            schedule.id(), first.get(), upTo, reason, Math.min(count, most), count > most));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
