package io.flintwheel.scheduler.tick;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.schedule.DropReason;
import io.flintwheel.scheduler.Schedules;
import io.flintwheel.scheduler.recurrence.Recurrences;
import io.flintwheel.scheduler.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TickDecisionTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final CatchUp CATCH_UP =
      new CatchUp(Duration.ofMinutes(1), Duration.ofHours(1), 100);

  @Test
  void firesTickWhenItIsDue() {
    Schedule schedule = Schedules.schedule("s", "{\"cron\": \"*/5 * * * *\"}", NOON);

    List<Tick> ticks = TickDecision.due(schedule, NOON.plusSeconds(301), CATCH_UP);

    assertThat(ticks).hasSize(1);
    assertThat(ticks.get(0).outcome()).isEqualTo(TickOutcome.FIRED);
    assertThat(ticks.get(0).nominal()).isEqualTo(NOON.plusSeconds(300));
    assertThat(ticks.get(0).jobId()).hasToString("s-20261123t120500z");
  }

  @Test
  void firesAllTicksWhenAllAreOnTime() {
    Schedule schedule = Schedules.schedule("s", "{\"every\": \"PT10S\"}", NOON);

    List<Tick> ticks = TickDecision.due(schedule, NOON.plusSeconds(45), CATCH_UP);

    assertThat(ticks).hasSize(4).allMatch(tick -> tick.outcome() == TickOutcome.FIRED);
  }

  @Test
  void firesOnlyLatestWhenAllAreLate() {
    Schedule schedule = Schedules.schedule("s", "{\"cron\": \"*/15 * * * *\"}", NOON);

    List<Tick> ticks = TickDecision.due(schedule, NOON.plus(Duration.ofMinutes(40)), CATCH_UP);

    assertThat(ticks).hasSize(2);
    assertThat(ticks.get(0).reason()).isEqualTo(DropReason.SUPERSEDED);
    assertThat(ticks.get(0).nominal()).isEqualTo(NOON.plus(Duration.ofMinutes(15)));
    assertThat(ticks.get(1).outcome()).isEqualTo(TickOutcome.FIRED);
    assertThat(ticks.get(1).nominal()).isEqualTo(NOON.plus(Duration.ofMinutes(30)));
  }

  @Test
  void firesNothingLateWhenOneIsOnTime() {
    Schedule schedule = Schedules.schedule("s", "{\"cron\": \"*/15 * * * *\"}", NOON);

    List<Tick> ticks = TickDecision.due(schedule, NOON.plus(Duration.ofMinutes(45)), CATCH_UP);

    assertThat(ticks)
        .extracting(Tick::outcome)
        .containsExactly(TickOutcome.MISSED, TickOutcome.MISSED, TickOutcome.FIRED);
  }

  @Test
  void recordsWhatIsOlderThanWindowAsOneWhenOutageWasLong() {
    Schedule schedule = Schedules.schedule("s", "{\"cron\": \"0 * * * *\"}", NOON);

    List<Tick> ticks = TickDecision.due(schedule, NOON.plus(Duration.ofMinutes(630)), CATCH_UP);

    assertThat(ticks).hasSize(2);
    assertThat(ticks.get(0).reason()).isEqualTo(DropReason.TOO_LATE);
    assertThat(ticks.get(0).count()).isEqualTo(9);
    assertThat(ticks.get(0).nominal()).isEqualTo(NOON.plus(Duration.ofHours(1)));
    assertThat(ticks.get(1).outcome()).isEqualTo(TickOutcome.FIRED);
    assertThat(ticks.get(1).nominal()).isEqualTo(NOON.plus(Duration.ofHours(10)));
  }

  @Test
  void firesNothingWhenOnlyTickIsOlderThanWindow() {
    Schedule schedule = Schedules.schedule("s", "{\"at\": \"2026-11-23T12:00:10Z\"}", NOON);

    List<Tick> ticks = TickDecision.due(schedule, NOON.plus(Duration.ofHours(2)), CATCH_UP);

    assertThat(ticks).singleElement().returns(DropReason.TOO_LATE, Tick::reason);
  }

  @Test
  void countsOnlyToLimitWhenOutageLastedTwoYears() {
    Schedule schedule = Schedules.schedule("s", "{\"every\": \"PT1S\"}", NOON);

    List<Tick> ticks = TickDecision.due(schedule, NOON.plus(Duration.ofDays(730)), CATCH_UP);

    assertThat(ticks.get(0).count()).isEqualTo(TickDecision.COUNT_LIMIT);
    assertThat(ticks.get(0).countIsMinimum()).isTrue();
    // One for before the window, one for all but the last hundred missed in it, those, the fired.
    assertThat(ticks).hasSize(1 + 1 + 100 + 61);
  }

  @Test
  void decidesLittleWhenWindowIsAWeekAndSpecsAreAHundred() {
    String spec = String.join(", ", Collections.nCopies(100, "{\"every\": \"PT1S\"}"));
    Schedule schedule = Schedules.schedule("s", spec, NOON);
    CatchUp week = new CatchUp(Duration.ofMinutes(1), Duration.ofDays(7), 100);

    List<Tick> ticks = TickDecision.due(schedule, NOON.plus(Duration.ofDays(30)), week);

    assertThat(ticks).hasSize(1 + 1 + 100 + 61);
    assertThat(ticks.subList(0, 2))
        .allMatch(Tick::countIsMinimum)
        .allMatch(tick -> tick.count() == TickDecision.COUNT_LIMIT / 100);
  }

  @Property(tries = 300)
  void decidesAsIfEveryTickWereLookedAt(
      @ForAll("specs") String specs,
      @ForAll @LongRange(min = 1, max = 200_000) long away,
      @ForAll @IntRange(min = 1, max = 120) int rows) {
    Schedule schedule = Schedules.schedule("s", specs, NOON);
    Instant now = NOON.plusSeconds(away);
    CatchUp catchUp = new CatchUp(Duration.ofMinutes(1), Duration.ofDays(1), rows);

    List<Tick> ticks = TickDecision.due(schedule, now, catchUp);

    List<Instant> all = new ArrayList<>();
    Recurrences recurrences = schedule.definition().recurrences();
    for (var t = recurrences.next(NOON); !t.orElse(Instant.MAX).isAfter(now); ) {
      all.add(t.orElseThrow());
      t = recurrences.next(t.orElseThrow());
    }
    List<Instant> inWindow =
        all.stream().filter(t -> t.isAfter(now.minus(Duration.ofDays(1)))).toList();
    List<Instant> fired = inWindow.stream().filter(t -> !t.isBefore(now.minusSeconds(60))).toList();
    if (fired.isEmpty() && !inWindow.isEmpty()) {
      fired = List.of(inWindow.get(inWindow.size() - 1));
    }
    List<Instant> missed = inWindow.subList(0, inWindow.size() - fired.size());
    List<Instant> told = missed.subList(Math.max(0, missed.size() - rows), missed.size());
    assertThat(nominal(ticks, TickOutcome.FIRED)).isEqualTo(fired);
    assertThat(nominal(ticks, TickOutcome.MISSED)).endsWith(told.toArray(Instant[]::new));
    assertThat(ticks.stream().filter(t -> t.reason() == DropReason.SUPERSEDED).map(Tick::until))
        .filteredOn(Objects::nonNull)
        .hasSize(missed.size() > rows && missed.size() - rows > 1 ? 1 : 0);
    if (ticks.stream().noneMatch(Tick::countIsMinimum)) {
      assertThat(ticks.stream().mapToInt(Tick::count).sum()).isEqualTo(all.size());
    }
  }

  private static List<Instant> nominal(List<Tick> ticks, TickOutcome outcome) {
    return ticks.stream().filter(t -> t.outcome() == outcome).map(Tick::nominal).toList();
  }

  @Provide
  Arbitrary<String> specs() {
    return Arbitraries.of(
            "{\"every\": \"PT1S\"}",
            "{\"every\": \"PT7S\"}",
            "{\"every\": \"PT13M\", \"phase\": \"PT5S\"}",
            "{\"cron\": \"* * * * *\"}",
            "{\"cron\": \"*/15 3,13 * * *\"}",
            "{\"cron\": \"* 12 * * *\"}",
            "{\"at\": \"2026-11-23T20:00:00Z\"}")
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(specs -> String.join(", ", specs));
  }

  @Test
  void doesNothingWhenClockRunsBack() {
    Schedule schedule = Schedules.schedule("s", "{\"every\": \"PT1S\"}", NOON);

    assertThat(TickDecision.due(schedule, NOON.minusSeconds(300), CATCH_UP)).isEmpty();
    assertThat(schedule.decidedUpTo(NOON.minusSeconds(300)).mark()).isEqualTo(NOON);
  }

  @Property(tries = 300)
  void decidesEveryTickOnceHoweverOftenItIsLookedAt(
      @ForAll @IntRange(min = 1, max = 400) int every,
      @ForAll @LongRange(min = 1, max = 20_000) long away,
      @ForAll @LongRange(min = 1, max = 20_000) long awayAgain) {
    Schedule schedule = Schedules.schedule("s", "{\"every\": \"PT" + every + "S\"}", NOON);
    Instant first = NOON.plusSeconds(away);
    Instant second = first.plusSeconds(awayAgain);

    List<Tick> once = TickDecision.due(schedule, first, CATCH_UP);
    List<Tick> again = TickDecision.due(schedule.decidedUpTo(first), second, CATCH_UP);

    int decided =
        once.stream().mapToInt(Tick::count).sum() + again.stream().mapToInt(Tick::count).sum();
    int all = schedule.definition().recurrences().count(NOON, second, Integer.MAX_VALUE);
    assertThat(decided).isEqualTo(Math.min(all, decided));
    assertThat(
            once.stream().anyMatch(Tick::countIsMinimum)
                || again.stream().anyMatch(Tick::countIsMinimum)
                || decided == all)
        .isTrue();
    assertThat(again).allMatch(tick -> tick.nominal().isAfter(first));
  }
}
