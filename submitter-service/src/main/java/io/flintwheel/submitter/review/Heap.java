package io.flintwheel.submitter.review;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The heap of a JVM, as Spark reads it: MiB when there is no unit.
 *
 * @param unit b, k, m, g, t or p
 */
record Heap(long amount, char unit) {

  private static final Pattern SYNTAX = Pattern.compile("([0-9]{1,18})(b|[kmgtp]b?)?");

  /** More than any machine has, and far below where Spark's and Kubernetes' arithmetic ends. */
  private static final long LARGEST = 64L << 40;

  static final String LARGEST_SAYS = "64t (64 TiB)";

  /** Empty when Spark could not read it. */
  static Optional<Heap> of(String text) {
    Matcher matcher = SYNTAX.matcher(text.strip().toLowerCase(Locale.ROOT));
    return matcher.matches()
        ? Optional.of(
            new Heap(
                Long.parseLong(matcher.group(1)),
                matcher.group(2) == null ? 'm' : matcher.group(2).charAt(0)))
        : Optional.empty();
  }

  /** Less is nothing to Spark, which counts in whole MiB. */
  boolean isAtLeastOneMebibyte() {
    return switch (unit) {
      case 'b' -> amount >= 1024 * 1024;
      case 'k' -> amount >= 1024;
      default -> amount >= 1;
    };
  }

  boolean isAtMostTheLargest() {
    return amount <= LARGEST / bytesOfUnit();
  }

  private long bytesOfUnit() {
    return 1L << (10 * "bkmgtp".indexOf(unit));
  }

  /** As a JVM reads it: bytes when there is no unit, and units of one letter. */
  String forJvm() {
    return unit == 'b' ? amount / 1024 + "k" : amount + String.valueOf(unit);
  }
}
