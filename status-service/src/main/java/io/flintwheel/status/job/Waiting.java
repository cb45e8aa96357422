package io.flintwheel.status.job;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Why a pod waits.
 *
 * @param reason such as {@code Unschedulable}; null when Kubernetes says nothing
 * @param since when that was told
 */
public record Waiting(@Nullable String reason, @Nullable String message, Instant since) {

  private static final Comparator<Waiting> NEWER =
      Comparator.comparing(Waiting::since)
          .thenComparing(waiting -> waiting.reason == null ? "" : waiting.reason)
          .thenComparing(waiting -> waiting.message == null ? "" : waiting.message);

  static Waiting newer(@Nullable Waiting known, Waiting told) {
    return known == null || NEWER.compare(told, known) > 0 ? told : known;
  }
}
