package io.flintwheel.scheduler.recurrence;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Every so often, aligned to the epoch: ticks are where {@code (t - phase) mod every = 0}, so that
 * they do not depend on when the schedule was made or the scheduler started.
 *
 * @param every whole seconds, from one second
 * @param phase whole seconds, from zero, less than {@code every}
 */
public record Interval(Duration every, Duration phase) implements Recurrence {

  public Interval {
    if (every.toSeconds() < 1 || !isWholeSeconds(every)) {
      throw new IllegalArgumentException("an interval must be whole seconds, from 1: " + every);
    }
    if (phase.isNegative() || !isWholeSeconds(phase) || phase.compareTo(every) >= 0) {
      throw new IllegalArgumentException(
          "a phase must be whole seconds, less than the interval " + every + ": " + phase);
    }
  }

  /** Whether ticks at such a distance all fall on whole seconds. */
  public static boolean isWholeSeconds(Duration duration) {
    return duration.equals(duration.truncatedTo(ChronoUnit.SECONDS));
  }

  @Override
  public Optional<Instant> next(Instant after) {
    long step = every.toSeconds();
    long passed = Math.floorDiv(after.getEpochSecond() - phase.toSeconds(), step);
    return Optional.of(Instant.ofEpochSecond((passed + 1) * step + phase.toSeconds()));
  }
}
