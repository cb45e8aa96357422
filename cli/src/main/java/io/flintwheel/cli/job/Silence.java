package io.flintwheel.cli.job;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How long a service may be silent while it streams.
 *
 * @param limit more than zero; also the longest wait for the beginning of the answer
 * @param excused is asked each time the limit has passed; whether the silence means nothing
 */
record Silence(Duration limit, BooleanSupplier excused) {

  Silence {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("limit is " + limit + ", but must be more than zero");
    }
  }

  /** For a stream with beats of its own. */
  static Silence limitedTo(Duration limit) {
    return new Silence(limit, () -> false);
  }
}
