package io.flintwheel.scheduler.recurrence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flintwheel.scheduler.cron.CronExpression;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecurrencesTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  @Test
  void hasOneTickWhenTwoMembersMeet() {
    Recurrences union =
        new Recurrences(
            List.of(
                new CronRecurrence(CronExpression.parse("*/2 * * * *"), ZoneOffset.UTC),
                new Interval(Duration.ofMinutes(3), Duration.ZERO),
                new OneShot(NOON.plusSeconds(61)),
                new OneShot(NOON.plusSeconds(120))));

    List<Instant> ticks = new ArrayList<>();
    Instant tick = NOON;
    while (ticks.size() < 5) {
      tick = union.next(tick).orElseThrow();
      ticks.add(tick);
    }

    assertThat(ticks)
        .extracting(instant -> Duration.between(NOON, instant).toSeconds())
        .containsExactly(61L, 120L, 180L, 240L, 360L);
  }

  @Test
  void endsWhenLastMemberEnds() {
    Recurrences union = new Recurrences(List.of(new OneShot(NOON)));

    assertThat(union.next(NOON.minusNanos(1))).contains(NOON);
    assertThat(union.next(NOON)).isEmpty();
  }

  @Test
  void countsNoFurtherThanLimit() {
    Interval second = new Interval(Duration.ofSeconds(1), Duration.ZERO);

    assertThat(second.count(NOON, NOON.plusSeconds(10), 100)).isEqualTo(10);
    assertThat(second.count(NOON, NOON.plusSeconds(1_000_000), 100)).isEqualTo(100);
  }

  @Test
  void refusesIntervalWhenItIsNotWholeSeconds() {
    assertThatThrownBy(() -> new Interval(Duration.ofMillis(1500), Duration.ZERO))
        .hasMessageContaining("whole seconds");
    assertThatThrownBy(() -> new Interval(Duration.ZERO, Duration.ZERO))
        .hasMessageContaining("from 1");
    assertThatThrownBy(() -> new Interval(Duration.ofSeconds(5), Duration.ofSeconds(5)))
        .hasMessageContaining("less than the interval");
    assertThatThrownBy(() -> new OneShot(NOON.plusMillis(1))).hasMessageContaining("whole second");
  }
}
