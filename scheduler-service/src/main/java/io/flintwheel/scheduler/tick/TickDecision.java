package io.flintwheel.scheduler.tick;

import io.flintwheel.events.schedule.DropReason;
import io.flintwheel.events.schedule.ScheduleId;
import io.flintwheel.events.schedule.TickKind;
import io.flintwheel.scheduler.recurrence.Recurrence;
import io.flintwheel.scheduler.schedule.Schedule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of the ticks that are due: a pure function of a schedule's mark and the time.
 *
 * <p>The work is bounded however long nobody looked: what is older than the catch-up window is
 * counted only up to a limit, never walked to its end.
 */
final class TickDecision {

  /** A gap is counted up to here. */
  static final int COUNT_LIMIT = 10_000;

  private TickDecision() {}

  /** Ticks in {@code (mark, now]} of a running schedule, oldest first. */
  static List<Tick> due(Schedule schedule, Instant now, CatchUp catchUp) {
    ScheduleId id = schedule.id();
    Recurrence recurrence = schedule.definition().recurrences();
    List<Tick> ticks = new ArrayList<>();
    Instant from = schedule.mark();
    Instant windowStart = now.minus(catchUp.window());
    if (from.isBefore(windowStart)) {
      dropped(schedule, from, windowStart, DropReason.TOO_LATE).ifPresent(ticks::add);
      from = windowStart;
    }

    List<Instant> late = new ArrayList<>();
    List<Instant> firing = new ArrayList<>();
    Instant onTimeStart = now.minus(catchUp.onTime());
    Optional<Instant> tick = recurrence.next(from);
    while (tick.isPresent() && !tick.get().isAfter(now)) {
      (tick.get().isBefore(onTimeStart) ? late : firing).add(tick.get());
      tick = recurrence.next(tick.get());
    }
    if (firing.isEmpty() && !late.isEmpty()) {
      firing.add(late.remove(late.size() - 1));
    }

    int summarised = late.size() > catchUp.mostRows() ? late.size() - catchUp.mostRows() : 0;
    if (summarised > 0) {
      ticks.add(
          Tick.droppedRange(
              id, late.get(0), late.get(summarised - 1), DropReason.SUPERSEDED, summarised, false));
    }
    late.subList(summarised, late.size())
        .forEach(nominal -> ticks.add(Tick.dropped(id, nominal, DropReason.SUPERSEDED)));
    firing.forEach(nominal -> ticks.add(Tick.fired(id, nominal, TickKind.SCHEDULED)));
    return ticks;
  }

  /** All ticks in {@code (after, upTo]} as one that was dropped; empty when there is none. */
  static Optional<Tick> dropped(Schedule schedule, Instant after, Instant upTo, DropReason reason) {
    Recurrence recurrence = schedule.definition().recurrences();
    Optional<Instant> first = recurrence.next(after).filter(tick -> !tick.isAfter(upTo));
    if (first.isEmpty()) {
      return Optional.empty();
    }
    int count = recurrence.count(after, upTo, COUNT_LIMIT + 1);
    if (count == 1) {
      return Optional.of(Tick.dropped(schedule.id(), first.get(), reason));
    }
    return Optional.of(
        Tick.droppedRange(
            schedule.id(),
            first.get(),
            upTo,
            reason,
            Math.min(count, COUNT_LIMIT),
            count > COUNT_LIMIT));
  }
}
