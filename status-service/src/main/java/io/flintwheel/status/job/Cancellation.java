package io.flintwheel.status.job;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Somebody asked for the job to be stopped.
 *
 * @param requestedAt of the first who did, as far as that was told
 */
public record Cancellation(Instant requestedAt, @Nullable String reason) {

  private static final Comparator<Cancellation> ORDER =
      Comparator.comparing(Cancellation::requestedAt)
          .thenComparing(Cancellation::reason, Comparator.nullsLast(Comparator.naturalOrder()));

  static Cancellation first(@Nullable Cancellation known, Cancellation told) {
    return known == null || ORDER.compare(told, known) < 0 ? told : known;
  }
}
