package io.flintwheel.scheduler.recurrence;

import java.time.Instant;
import java.util.Optional;

/** When ticks are. All are on whole seconds, since a job's id tells its tick to the second. */
public sealed interface Recurrence permits CronRecurrence, Interval, OneShot, Recurrences {

  /** The first tick that is later than {@code after}; empty when there is none any more. */
  Optional<Instant> next(Instant after);

  /** Ticks in {@code (after, upTo]}, counted to {@code limit} at most. */
  default int count(Instant after, Instant upTo, int limit) {
    int count = 0;
    Optional<Instant> tick = next(after);
    while (count < limit && tick.isPresent() && !tick.get().isAfter(upTo)) {
      count++;
      tick = next(tick.get());
    }
    return count;
  }
}
