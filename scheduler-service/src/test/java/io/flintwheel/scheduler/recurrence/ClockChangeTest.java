package io.flintwheel.scheduler.recurrence;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.scheduler.cron.CronExpression;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of ticks when clocks change. Each line: one window of local time, all its ticks. */
class ClockChangeTest {

  @ParameterizedTest(name = "{0} {1} after {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        // New York, 2026-03-08: 02:00 EST becomes 03:00 EDT.
        "America/New_York | 30 2 * * *   | 2026-03-07T12:00 | 2026-03-09T12:00 | 2026-03-08T03:00-04:00 2026-03-09T02:30-04:00",
        "America/New_York | */15 2 * * * | 2026-03-08T00:00 | 2026-03-09T00:00 | 2026-03-08T03:00-04:00",
        "America/New_York | 0 2,3 * * *  | 2026-03-08T00:00 | 2026-03-09T00:00 | 2026-03-08T03:00-04:00",
        "America/New_York | 0 * * * *    | 2026-03-08T00:30 | 2026-03-08T04:30 | 2026-03-08T01:00-05:00 2026-03-08T03:00-04:00 2026-03-08T04:00-04:00",
        "America/New_York | 30 * * * *   | 2026-03-08T00:45 | 2026-03-08T04:45 | 2026-03-08T01:30-05:00 2026-03-08T03:30-04:00 2026-03-08T04:30-04:00",
        // New York, 2026-11-01: 02:00 EDT becomes 01:00 EST.
        "America/New_York | 30 1 * * *   | 2026-10-31T12:00 | 2026-11-02T12:00 | 2026-11-01T01:30-04:00 2026-11-02T01:30-05:00",
        "America/New_York | */30 1 * * * | 2026-11-01T00:00 | 2026-11-01T12:00 | 2026-11-01T01:00-04:00 2026-11-01T01:30-04:00",
        "America/New_York | 0 * * * *    | 2026-11-01T00:30 | 2026-11-01T02:30 | 2026-11-01T01:00-04:00 2026-11-01T01:00-05:00 2026-11-01T02:00-05:00",
        "America/New_York | 45 * * * *   | 2026-11-01T00:50 | 2026-11-01T02:50 | 2026-11-01T01:45-04:00 2026-11-01T01:45-05:00 2026-11-01T02:45-05:00",
        // Madrid, 2026-03-29 and 2026-10-25.
        "Europe/Madrid    | 0 2 * * *    | 2026-03-28T12:00 | 2026-03-30T12:00 | 2026-03-29T03:00+02:00 2026-03-30T02:00+02:00",
        "Europe/Madrid    | 0 2 * * *    | 2026-10-24T12:00 | 2026-10-26T12:00 | 2026-10-25T02:00+02:00 2026-10-26T02:00+01:00",
        // Lord Howe changes by half an hour: 2026-10-04 02:00 becomes 02:30; 2026-04-05 02:00
        // becomes 01:30.
        "Australia/Lord_Howe | 0 * * * *  | 2026-10-04T01:30 | 2026-10-04T04:30 | 2026-10-04T02:30+11:00 2026-10-04T03:00+11:00 2026-10-04T04:00+11:00",
        "Australia/Lord_Howe | 15 2 * * * | 2026-10-03T12:00 | 2026-10-05T12:00 | 2026-10-04T02:30+11:00 2026-10-05T02:15+11:00",
        "Australia/Lord_Howe | */15 * * * * | 2026-10-04T01:40 | 2026-10-04T02:50 | 2026-10-04T01:45+10:30 2026-10-04T02:30+11:00 2026-10-04T02:45+11:00",
        "Australia/Lord_Howe | 45 1 * * * | 2026-04-04T12:00 | 2026-04-06T12:00 | 2026-04-05T01:45+11:00 2026-04-06T01:45+10:30",
        // Sao Paulo, 2018-11-04: midnight becomes 01:00, so the day begins at 01:00.
        "America/Sao_Paulo | 0 0 * * *    | 2018-11-03T12:00 | 2018-11-05T12:00 | 2018-11-04T01:00-02:00 2018-11-05T00:00-02:00",
        "America/Sao_Paulo | 0 */12 * * * | 2018-11-03T12:00 | 2018-11-04T23:00 | 2018-11-04T01:00-02:00 2018-11-04T12:00-02:00",
        // Apia had no 2011-12-30 at all; the last moment before it is followed by the 31st.
        "Pacific/Apia | 0 9 * * *         | 2011-12-29T12:00 | 2012-01-01T00:00 | 2011-12-31T00:00+14:00 2011-12-31T09:00+14:00",
        "UTC          | 30 2 * * *        | 2026-03-07T12:00 | 2026-03-09T00:00 | 2026-03-08T02:30Z",
      })
  void keepsEveryDayAndRepeatsNoneWhenClocksChange(
      String zone, String cron, LocalDateTime after, LocalDateTime upTo, String expected) {
    ZoneId zoneId = ZoneId.of(zone);
    Recurrence recurrence = new CronRecurrence(CronExpression.parse(cron), zoneId);

    List<Instant> ticks =
        ticks(recurrence, after.atZone(zoneId).toInstant(), upTo.atZone(zoneId).toInstant());

    assertThat(ticks)
        .containsExactlyElementsOf(
            List.of(expected.split(" ")).stream()
                .map(text -> OffsetDateTime.parse(text).toInstant())
                .toList());
  }

  private static List<Instant> ticks(Recurrence recurrence, Instant after, Instant upTo) {
    List<Instant> ticks = new ArrayList<>();
    Optional<Instant> tick = recurrence.next(after);
    while (tick.isPresent() && !tick.get().isAfter(upTo)) {
      ticks.add(tick.get());
      tick = recurrence.next(tick.get());
    }
    return ticks;
  }
}
