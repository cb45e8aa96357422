package io.flintwheel.scheduler.cron;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One of the five fields: its name, its range and the names that its values may have. */
enum CronField {
  MINUTE("minute", 0, 59, ""),
  HOUR("hour", 0, 23, ""),
  DAY_OF_MONTH("day of month", 1, 31, ""),
  MONTH("month", 1, 12, "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"),
  /** Sunday is 0 and 7. */
  DAY_OF_WEEK("day of week", 0, 7, "SUN MON TUE WED THU FRI SAT");

  private static final Pattern PART =
      Pattern.compile("(?:(\\*|\\?)|([^-/]+)(?:-([^-/]+))?)(?:/([^-/]+))?");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private final String label;
  private final int first;
  private final int last;
  private final String names;

  CronField(String label, int first, int last, String names) {
    this.label = label;
    this.first = first;
    this.last = last;
    this.names = names;
  }

  /**
   * What a field selects.
   *
   * @param bits bit n is set when value n is selected
   * @param any whether the field says {@code *}, which for the two day fields means that the other
   *     one alone decides
   */
  record Selection(long bits, boolean any) {

    boolean has(int value) {
      return (bits & (1L << value)) != 0;
    }

    /** The smallest selected value that is at least {@code from}, or -1. */
    int nextFrom(int from) {
      long rest = from > 63 ? 0 : bits & (-1L << from);
      return rest == 0 ? -1 : Long.numberOfTrailingZeros(rest);
    }
  }

  Selection parse(String text) {
    long bits = 0;
    boolean any = false;
    for (String part : text.split(",", -1)) {
      Matcher matcher = PART.matcher(part);
      if (!matcher.matches()) {
        throw refuse("'" + part + "' cannot be read");
      }
      boolean star = matcher.group(1) != null;
      if ("?".equals(matcher.group(1)) && this != DAY_OF_MONTH && this != DAY_OF_WEEK) {
        throw refuse("'?' is only for the day fields");
      }
      int from = star ? first : value(matcher.group(2));
      int step = matcher.group(4) == null ? 1 : step(matcher.group(4));
      int to = from;
      if (star) {
        to = this == DAY_OF_WEEK ? 6 : last;
      } else if (matcher.group(3) != null) {
        to = value(matcher.group(3));
      } else if (matcher.group(4) != null) {
        to = this == DAY_OF_WEEK ? 6 : last;
      }
      if (to < from) {
        throw new CronSyntaxException(
            label + ": " + part + " runs backwards",
            "an ascending range in " + range() + "; two ranges are joined by a comma");
      }
      for (int value = from; value <= to; value += step) {
        bits |= 1L << value;
      }
      any |= star && step == 1;
    }
    if (this == DAY_OF_WEEK && (bits & (1L << 7)) != 0) {
      bits = (bits | 1L) & ~(1L << 7);
    }
    return new Selection(bits, any);
  }

  /** The field and its range in words, for messages. */
  String range() {
    return names.isEmpty()
        ? label + " " + first + "-" + last
        : label + " " + first + "-" + last + " or " + names.replace(' ', ',');
  }

  private int value(String text) {
    int named = List.of(names.split(" ")).indexOf(text.toUpperCase(Locale.ROOT));
    if (named >= 0) {
      return named + first;
    }
    if (!NUMBER.matcher(text).matches()) {
      throw refuse("'" + text + "' is not a value");
    }
    int value = Integer.parseInt(text);
    if (value < first || value > last) {
      throw refuse(value + " is not in " + first + "-" + last);
    }
    return value;
  }

  private int step(String text) {
    int most = last - first + 1;
    if (!NUMBER.matcher(text).matches()
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > most) {
      throw new CronSyntaxException(
          label + ": step " + text + " is not in 1-" + most, "a step of 1 to " + most);
    }
    return Integer.parseInt(text);
  }

  private CronSyntaxException refuse(String what) {
    return new CronSyntaxException(label + ": " + what, range());
  }

  /** What the macros stand for. */
  static final Map<String, String> MACROS =
      Map.of(
          "@hourly", "0 * * * *",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@weekly", "0 0 * * 0",
          "@monthly", "0 0 1 * *",
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *");
}
