package io.flintwheel.submitter.intake;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before work is tried again: twice as long each time, up to a limit, and a random
 * part less so that many do not come at once.
 */
record Backoff(Duration first, Duration limit) {

  private static final Duration FIRST = Duration.ofMillis(100);

  static Backoff upTo(Duration limit) {
    return new Backoff(FIRST, limit);
  }

  /** After so many tries. */
  Duration after(int tries) {
    long millis =
        Math.min(limit.toMillis(), first.toMillis() << Math.min(Math.max(tries - 1, 0), 16));
    return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
  }
}
