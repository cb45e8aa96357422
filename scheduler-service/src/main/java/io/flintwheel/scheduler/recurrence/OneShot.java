package io.flintwheel.scheduler.recurrence;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Once.
 *
 * @param at a whole second of the years 1970 to 9999
 */
public record OneShot(Instant at) implements Recurrence {

  public static final Instant EARLIEST = Instant.EPOCH;

  /** The last second that a job's id, with four digits for the year, can tell. */
  public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  public OneShot {
    if (at.isBefore(EARLIEST) || at.isAfter(LATEST)) {
      throw new IllegalArgumentException(
          "a one-shot time must be from " + EARLIEST + " to " + LATEST + ": " + at);
    }
    if (!at.equals(at.truncatedTo(ChronoUnit.SECONDS))) {
      throw new IllegalArgumentException("a one-shot time must be a whole second: " + at);
    }
  }

  @Override
  public Optional<Instant> next(Instant after) {
    return at.isAfter(after) ? Optional.of(at) : Optional.empty();
  }
}
