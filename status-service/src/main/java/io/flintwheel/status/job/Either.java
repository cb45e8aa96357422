package io.flintwheel.status.job;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Of two values that cannot both be true, the same one whichever came first. There is no saying
 * which is right, but readers that disagree would be worse.
 */
final class Either {

  private Either() {}

  static <T> T of(@Nullable T known, T told) {
    return known == null || Comparator.comparing(Object::toString).compare(told, known) > 0
        ? told
        : known;
  }

  /** An empty list says nothing. */
  static <T> List<T> ofLists(List<T> known, List<T> told) {
    return told.isEmpty() ? known : of(known.isEmpty() ? null : known, told);
  }
}
