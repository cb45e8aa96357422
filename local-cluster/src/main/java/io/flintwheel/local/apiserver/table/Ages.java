package io.flintwheel.local.apiserver.table;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** How long ago, as kubectl writes it: two units at most. */
final class Ages {

  private Ages() {}

  static String since(String time, Instant now) {
    if (time.isEmpty()) {
      return "<unknown>";
    }
    try {
      return of(Duration.between(OffsetDateTime.parse(time).toInstant(), now));
    } catch (DateTimeParseException e) {
      return "<unknown>";
    }
  }

  static String of(Duration age) {
    long seconds = age.toSeconds();
    if (seconds < 0) {
      return seconds < -1 ? "<invalid>" : "0s";
    }
    if (seconds < 120) {
      return seconds + "s";
    }
    long minutes = age.toMinutes();
    if (minutes < 10) {
      return both(minutes, "m", seconds % 60, "s");
    }
    if (minutes < 180) {
      return minutes + "m";
    }
    long hours = age.toHours();
    if (hours < 8) {
      return both(hours, "h", minutes % 60, "m");
    }
    if (hours < 48) {
      return hours + "h";
    }
    long days = age.toDays();
    return days < 8 ? both(days, "d", hours % 24, "h") : days + "d";
  }

  private static String both(long large, String largeUnit, long small, String smallUnit) {
    return small == 0 ? large + largeUnit : large + largeUnit + small + smallUnit;
  }
}
