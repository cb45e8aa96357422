package io.flintwheel.scheduler.recurrence;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.scheduler.cron.CronExpression;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Holds the clock change policy against {@code java.time}, in every zone there is. */
class RecurrencePropertiesTest {

  @Property(tries = 2000)
  void firesDailyJobOnceOnEveryDayOfEveryZone(
      @ForAll("zones") ZoneId zone,
      @ForAll @IntRange(max = 23) int hour,
      @ForAll @IntRange(max = 59) int minute,
      @ForAll("days") LocalDate day) {
    Recurrence daily =
        new CronRecurrence(CronExpression.parse(minute + " " + hour + " * * *"), zone);
    LocalDateTime local = day.atTime(hour, minute);

    Optional<Instant> tick =
        daily.next(local.minusMinutes(1).atZone(zone).toInstant().minusSeconds(7200));

    // What java.time makes of that local time; it shifts by the gap's length, we to its end.
    List<Instant> expected = new ArrayList<>();
    for (LocalDate other : List.of(day.minusDays(1), day, day.plusDays(1))) {
      expected.add(expectedInstant(other.atTime(hour, minute), zone));
    }
    assertThat(expected).contains(tick.orElseThrow());
  }

  @Property(tries = 1000)
  void losesNoDayWhenDailyJobCrossesAYear(
      @ForAll("zones") ZoneId zone,
      @ForAll @IntRange(max = 23) int hour,
      @ForAll @IntRange(max = 59) int minute,
      @ForAll @IntRange(min = 1990, max = 2030) int year) {
    Recurrence daily =
        new CronRecurrence(CronExpression.parse(minute + " " + hour + " * * *"), zone);
    LocalDate first = LocalDate.of(year, 1, 1);
    Instant from = expectedInstant(first.minusDays(1).atTime(hour, minute), zone);

    List<Instant> ticks = ticks(daily, from, 365);

    List<Instant> expected =
        first
            .datesUntil(first.plusDays(400))
            .map(day -> expectedInstant(day.atTime(hour, minute), zone))
            .distinct()
            .filter(instant -> instant.isAfter(from))
            .limit(365)
            .toList();
    assertThat(ticks).isEqualTo(expected);
  }

  @Property(tries = 1000)
  void ticksInEveryHourThatExistsWhenJobIsHourly(
      @ForAll("zones") ZoneId zone,
      @ForAll @IntRange(max = 59) int minute,
      @ForAll @LongRange(min = 800_000_000L, max = 1_900_000_000L) long start) {
    Recurrence hourly = new CronRecurrence(CronExpression.parse(minute + " * * * *"), zone);

    List<Instant> ticks = ticks(hourly, Instant.ofEpochSecond(start), 200);

    for (int i = 1; i < ticks.size(); i++) {
      Instant before = ticks.get(i - 1);
      Instant tick = ticks.get(i);
      assertThat(tick).isAfter(before);
      // An hour on the clock is an hour, unless the clock changes by a part of one.
      if (zone.getRules().getOffset(before).equals(zone.getRules().getOffset(tick))) {
        assertThat(Duration.between(before, tick)).isLessThanOrEqualTo(Duration.ofHours(1));
      } else {
        assertThat(Duration.between(before, tick)).isLessThan(Duration.ofHours(2));
      }
    }
  }

  @Property(tries = 2000)
  void matchesTheClockOnTheWallUnlessItWasShifted(
      @ForAll("zones") ZoneId zone,
      @ForAll("expressions") String expression,
      @ForAll @LongRange(min = 800_000_000L, max = 1_900_000_000L) long start) {
    CronExpression cron = CronExpression.parse(expression);

    List<Instant> ticks = ticks(new CronRecurrence(cron, zone), Instant.ofEpochSecond(start), 50);

    for (Instant tick : ticks) {
      LocalDateTime wall = LocalDateTime.ofInstant(tick, zone);
      boolean matches = cron.next(wall.minusMinutes(1)).orElseThrow().equals(wall);
      boolean endsGap =
          Optional.ofNullable(zone.getRules().previousTransition(tick.plusSeconds(1)))
              .filter(transition -> transition.isGap() && transition.getInstant().equals(tick))
              .isPresent();
      assertThat(matches || endsGap).as("%s in %s", tick, zone).isTrue();
    }
  }

  @Property
  void isAlignedToTheEpochWhenItIsAnInterval(
      @ForAll @LongRange(min = 1, max = 1_000_000) long every,
      @ForAll @LongRange(min = 0, max = 1_000_000) long phase,
      @ForAll @LongRange(min = -1_000_000_000L, max = 4_000_000_000L) long after) {
    long shift = phase % every;
    Interval interval = new Interval(Duration.ofSeconds(every), Duration.ofSeconds(shift));

    long tick = interval.next(Instant.ofEpochSecond(after, 1)).orElseThrow().getEpochSecond();

    assertThat(Math.floorMod(tick - shift, every)).isZero();
    assertThat(tick).isGreaterThan(after).isLessThanOrEqualTo(after + every);
  }

  private static Instant expectedInstant(LocalDateTime local, ZoneId zone) {
    var transition = zone.getRules().getTransition(local);
    if (transition != null && transition.isGap()) {
      return transition.getInstant();
    }
    return ZonedDateTime.ofLocal(local, zone, null).withEarlierOffsetAtOverlap().toInstant();
  }

  private static List<Instant> ticks(Recurrence recurrence, Instant after, int count) {
    List<Instant> ticks = new ArrayList<>();
    Optional<Instant> tick = recurrence.next(after);
    while (tick.isPresent() && ticks.size() < count) {
      ticks.add(tick.get());
      tick = recurrence.next(tick.get());
    }
    return ticks;
  }

  @Provide
  Arbitrary<ZoneId> zones() {
    return Arbitraries.of(
            ZoneId.getAvailableZoneIds().stream()
                .filter(id -> !id.startsWith("SystemV/"))
                .sorted()
                .toList())
        .map(ZoneId::of);
  }

  @Provide
  Arbitrary<LocalDate> days() {
    return Arbitraries.longs().between(9_000, 21_000).map(LocalDate::ofEpochDay);
  }

  @Provide
  Arbitrary<String> expressions() {
    return Arbitraries.of(
        "*/15 * * * *",
        "0 0 * * *",
        "30 2 * * *",
        "0 */6 * * *",
        "10,40 1-3 * * *",
        "0 0 1 * *",
        "59 23 * * 0",
        "* * * * *");
  }
}
