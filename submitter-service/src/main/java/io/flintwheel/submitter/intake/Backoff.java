package io.flintwheel.submitter.intake;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before work is tried again: twice as long each time, up to a limit, and a random
 * part less so that many do not come at once.
 */
record Backoff(Duration first, Duration limit) {

  Backoff {
    if (first.toMillis() < 1 || limit.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "the first wait is "
              + first
              + " and the longest "
              + limit
              + "; the first must be at least PT0.001S and the longest not less than the first"
              + " (flintwheel.submitter.intake.first-retry and longest-retry)");
    }
  }

  /** After so many tries. */
  Duration after(int tries) {
    long millis =
        Math.min(limit.toMillis(), first.toMillis() << Math.min(Math.max(tries - 1, 0), 16));
    return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
  }
}
