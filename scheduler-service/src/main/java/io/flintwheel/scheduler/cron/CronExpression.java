package io.flintwheel.scheduler.cron;

import io.flintwheel.scheduler.cron.CronField.Selection;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * A five-field cron expression, read as Kubernetes, Argo and the Spark operator read it.
 *
 * <p>Fields: minute, hour, day of month, month, day of week; {@code *}, values, names ({@code JAN},
 * {@code MON}), ascending ranges, lists, steps; {@code ?} for a day field; {@code @hourly @daily
 * @midnight @weekly @monthly @yearly @annually}. Sunday is 0 and 7. When both day fields are
 * restricted a day that matches either one matches; a field is unrestricted when it says {@code *}.
 *
 * <p>It works on local time; what becomes of a time that a clock change removes or repeats is
 * decided by {@code io.flintwheel.scheduler.recurrence}.
 */
public final class CronExpression {

  /** Feb 29 can be eight years away, around 2100. */
  private static final int SEARCH_YEARS = 9;

  private static final int MAX_LENGTH = 256;

  private final String text;
  private final Selection minutes;
  private final Selection hours;
  private final Selection daysOfMonth;
  private final Selection months;
  private final Selection daysOfWeek;

  private CronExpression(String text, String[] fields) {
    this.text = text;
    minutes = CronField.MINUTE.parse(fields[0]);
    hours = CronField.HOUR.parse(fields[1]);
    daysOfMonth = CronField.DAY_OF_MONTH.parse(fields[2]);
    months = CronField.MONTH.parse(fields[3]);
    daysOfWeek = CronField.DAY_OF_WEEK.parse(fields[4]);
  }

  /**
   * Reads an expression.
   *
   * @throws CronSyntaxException when it cannot be read or never matches
   */
  public static CronExpression parse(String text) {
    String trimmed = text.strip();
    if (trimmed.length() > MAX_LENGTH) {
      throw new CronSyntaxException(
          "the expression has " + trimmed.length() + " characters", "at most " + MAX_LENGTH);
    }
    String expanded = trimmed;
    if (trimmed.startsWith("@")) {
      expanded = CronField.MACROS.get(trimmed.toLowerCase(Locale.ROOT));
      if (expanded == null) {
        throw new CronSyntaxException(
            "'" + trimmed + "' is not a macro",
            trimmed.startsWith("@every")
                ? "an interval, {\"every\": \"PT5M\"}"
                : "one of "
                    + String.join(" ", CronField.MACROS.keySet().stream().sorted().toList()));
      }
    }
    if (trimmed.startsWith("TZ=") || trimmed.startsWith("CRON_TZ=")) {
      throw new CronSyntaxException(
          "the time zone is not part of the expression", "the schedule's field timeZone");
    }
    String[] fields = expanded.split("\\s+");
    if (fields.length != 5) {
      throw new CronSyntaxException(
          "the expression has " + (expanded.isEmpty() ? 0 : fields.length) + " fields",
          "5 fields: minute, hour, day of month, month, day of week");
    }
    CronExpression expression = new CronExpression(trimmed, fields);
    expression.requireSomeDay();
    return expression;
  }

  private void requireSomeDay() {
    if (daysOfMonth.any() || !daysOfWeek.any()) {
      return;
    }
    for (Month month : Month.values()) {
      if (months.has(month.getValue()) && daysOfMonth.nextFrom(1) <= month.maxLength()) {
        return;
      }
    }
    throw new CronSyntaxException(
        "day of month: no such day in the selected months, so it never fires",
        "a day of month that one of the months has");
  }

  /** Whether no hour is left out, so that the expression follows elapsed time. */
  public boolean everyHour() {
    return hours.bits() == (1L << 24) - 1;
  }

  /** The first matching minute that is later than {@code after}. */
  public Optional<LocalDateTime> next(LocalDateTime after) {
    LocalDateTime from = after.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
    LocalDate date = from.toLocalDate();
    LocalDate end = date.plusYears(SEARCH_YEARS);
    LocalTime earliest = from.toLocalTime();
    while (date.isBefore(end)) {
      if (!months.has(date.getMonthValue())) {
        date = date.withDayOfMonth(1).plusMonths(1);
        earliest = LocalTime.MIDNIGHT;
        continue;
      }
      Optional<LocalTime> time = matches(date) ? next(earliest) : Optional.empty();
      if (time.isPresent()) {
        return Optional.of(date.atTime(time.get()));
      }
      date = date.plusDays(1);
      earliest = LocalTime.MIDNIGHT;
    }
    return Optional.empty();
  }

  private boolean matches(LocalDate date) {
    boolean dayOfMonth = daysOfMonth.has(date.getDayOfMonth());
    boolean dayOfWeek = daysOfWeek.has(date.getDayOfWeek().getValue() % 7);
    return (daysOfMonth.any() || daysOfWeek.any())
        ? dayOfMonth && dayOfWeek
        : dayOfMonth || dayOfWeek;
  }

  private Optional<LocalTime> next(LocalTime earliest) {
    int hour = hours.nextFrom(earliest.getHour());
    if (hour == earliest.getHour()) {
      int minute = minutes.nextFrom(earliest.getMinute());
      if (minute >= 0) {
        return Optional.of(LocalTime.of(hour, minute));
      }
      hour = hours.nextFrom(hour + 1);
    }
    return hour < 0 ? Optional.empty() : Optional.of(LocalTime.of(hour, minutes.nextFrom(0)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CronExpression expression && text.equals(expression.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The expression as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
