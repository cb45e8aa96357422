package io.flintwheel.scheduler.recurrence;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Once.
 *
 * @param at a whole second
 */
public record OneShot(Instant at) implements Recurrence {

  public OneShot {
    if (!at.equals(at.truncatedTo(ChronoUnit.SECONDS))) {
      throw new IllegalArgumentException("a one-shot time must be a whole second: " + at);
    }
  }

  @Override
  public Optional<Instant> next(Instant after) {
    return at.isAfter(after) ? Optional.of(at) : Optional.empty();
  }
}
