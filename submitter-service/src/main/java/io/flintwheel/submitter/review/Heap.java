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

  private static final Pattern SYNTAX = Pattern.compile("([0-9]{1,12})(b|[kmgtp]b?)?");

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

  /** As a JVM reads it: bytes when there is no unit, no petabytes, and units of one letter. */
  String forJvm() {
    return switch (unit) {
      case 'b' -> amount / 1024 + "k";
      case 'p' -> amount * 1024 + "t";
      default -> amount + String.valueOf(unit);
    };
  }
}
