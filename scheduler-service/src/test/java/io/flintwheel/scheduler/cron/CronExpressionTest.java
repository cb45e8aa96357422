package io.flintwheel.scheduler.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronExpressionTest {

  private static final LocalDateTime START = LocalDateTime.parse("2026-11-23T14:02:22");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "* * * * *              | 2026-11-23T14:03",
        "*/5 * * * *            | 2026-11-23T14:05",
        "*/7 * * * *            | 2026-11-23T14:07",
        "5/20 * * * *           | 2026-11-23T14:05",
        "0 3 * * *              | 2026-11-24T03:00",
        "30 2 * * MON-FRI       | 2026-11-24T02:30",
        "0 0 * * 0              | 2026-11-29T00:00",
        "0 0 * * 7              | 2026-11-29T00:00",
        "0 0 * * sun            | 2026-11-29T00:00",
        "0 0 * * 5-7            | 2026-11-27T00:00",
        "0 0 ? * 3              | 2026-11-25T00:00",
        "0 0 15 jan,JUL *       | 2027-01-15T00:00",
        "0 0 29 2 *             | 2028-02-29T00:00",
        "0 12 1-10/3 * *        | 2026-12-01T12:00",
        "1,2,3 14,15 * * *      | 2026-11-23T14:03",
        "@hourly                | 2026-11-23T15:00",
        "@daily                 | 2026-11-24T00:00",
        "@midnight              | 2026-11-24T00:00",
        "@weekly                | 2026-11-29T00:00",
        "@monthly               | 2026-12-01T00:00",
        "@yearly                | 2027-01-01T00:00",
        "@annually              | 2027-01-01T00:00",
        "@Daily                 | 2026-11-24T00:00",
      })
  void findsNextMatchWhenAskedFromSomeMoment(String expression, LocalDateTime expected) {
    Optional<LocalDateTime> next = CronExpression.parse(expression).next(START);

    assertThat(next).contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "61 * * * *     | minute: 61 is not in 0-59         | minute 0-59",
        "* 24 * * *     | hour: 24 is not in 0-23           | hour 0-23",
        "* * 0 * *      | day of month: 0 is not in 1-31    | day of month 1-31",
        "* * * 13 *     | month: 13 is not in 1-12          | month 1-12 or JAN,FEB",
        "* * * * 8      | day of week: 8 is not in 0-7      | day of week 0-7 or SUN,MON",
        "* * * * FOO    | day of week: 'FOO' is not a value | day of week 0-7",
        "* 22-2 * * *   | hour: 22-2 runs backwards         | an ascending range",
        "* * * * FRI-MON | day of week: FRI-MON runs backwards | an ascending range",
        "*/0 * * * *    | minute: step 0 is not in 1-60     | a step of 1 to 60",
        "*/61 * * * *   | minute: step 61 is not in 1-60    | a step of 1 to 60",
        "-5 * * * *     | minute: '-5' cannot be read       | minute 0-59",
        "1,,2 * * * *   | minute: '' cannot be read         | minute 0-59",
        "? * * * *      | minute: '?' is only for the day   | minute 0-59",
        "0 0 L * *      | day of month: 'L' is not a value  | day of month 1-31",
        "0 0 * * 6#3    | day of week: '6#3' is not a value | day of week 0-7",
        "* * * *        | the expression has 4 fields       | 5 fields",
        "0 0 12 * * ?   | the expression has 6 fields       | 5 fields",
        "@every 5m      | '@every 5m' is not a macro        | an interval",
        "@reboot        | '@reboot' is not a macro          | one of @annually @daily",
        "CRON_TZ=UTC * * * * * | the time zone is not part  | timeZone",
        "0 0 30 2 *     | day of month: no such day         | a day of month that",
        "0 0 31 4,6 *   | day of month: no such day         | a day of month that",
      })
  void namesFieldAndRangeWhenExpressionIsWrong(String expression, String message, String expected) {
    assertThatThrownBy(() -> CronExpression.parse(expression))
        .isInstanceOfSatisfying(
            CronSyntaxException.class,
            e -> {
              assertThat(e).hasMessageContaining(message);
              assertThat(e.expected()).contains(expected);
            });
  }

  @Test
  void matchesEitherDayWhenBothDayFieldsAreRestricted() {
    List<Integer> days = daysOfNovember("0 0 13 * 5");

    assertThat(days).containsExactly(6, 13, 20, 27);
    assertThat(daysOfNovember("0 0 1,15 * 1")).containsExactly(1, 2, 9, 15, 16, 23, 30);
  }

  @Test
  void letsOneDayFieldDecideWhenOtherIsAStar() {
    assertThat(daysOfNovember("0 0 * * 1")).containsExactly(2, 9, 16, 23, 30);
    assertThat(daysOfNovember("0 0 10 * *")).containsExactly(10);
    // A step is a restriction, as in Kubernetes: then either field matches.
    assertThat(daysOfNovember("0 0 */10 * 1")).containsExactly(1, 2, 9, 11, 16, 21, 23, 30);
  }

  @Test
  void knowsWhenNoHourIsLeftOut() {
    assertThat(CronExpression.parse("5 * * * *").everyHour()).isTrue();
    assertThat(CronExpression.parse("5 0-23 * * *").everyHour()).isTrue();
    assertThat(CronExpression.parse("5 */2 * * *").everyHour()).isFalse();
  }

  @Test
  void refusesWhenExpressionIsTooLong() {
    String list = "1,".repeat(200) + "1 * * * *";

    assertThatThrownBy(() -> CronExpression.parse(list)).hasMessageContaining("409 characters");
  }

  private static List<Integer> daysOfNovember(String expression) {
    CronExpression cron = CronExpression.parse(expression);
    List<Integer> days = new ArrayList<>();
    LocalDateTime end = LocalDateTime.parse("2026-12-01T00:00");
    LocalDateTime at = LocalDateTime.parse("2026-10-31T23:59");
    while (true) {
      LocalDateTime next = cron.next(at).orElseThrow();
      if (!next.isBefore(end)) {
        return days;
      }
      days.add(next.getDayOfMonth());
      at = next;
    }
  }
}
