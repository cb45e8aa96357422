package io.flintwheel.scheduler.loop;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Pauses that double from {@code first} to {@code most}, each shortened by up to a quarter at
 * random so that replicas do not come back in step.
 */
public record Backoff(Duration first, Duration most) {

  public Backoff {
    if (first.isNegative() || first.isZero() || first.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "a backoff needs 0 < first <= most: first=" + first + " most=" + most);
    }
  }

  /** The pause after so many failures in a row, from 1. */
  public Duration pause(int failures) {
    long doubled = first.toMillis() << Math.min(failures - 1, 20);
    long millis = Math.min(Math.max(1, doubled), most.toMillis());
    return Duration.ofMillis(millis - ThreadLocalRandom.current().nextLong(millis / 4 + 1));
  }
}
