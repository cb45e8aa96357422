package io.flintwheel.scheduler.cron;

import static org.assertj.core.api.Assertions.assertThat;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Holds our reading of cron against that of cron-utils, a library that others run. */
class CronOracleTest {

  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  @Property(tries = 2000)
  void agreesWithCronUtilsWhenBothReadAnExpression(
      @ForAll("expressions") String expression, @ForAll("moments") LocalDateTime start) {
    Optional<LocalDateTime> ours = next(expression, start);

    assertThat(ours).as("%s after %s", expression, start).isEqualTo(oracle(expression, start));
  }

  private static Optional<LocalDateTime> next(String expression, LocalDateTime start) {
    try {
      return CronExpression.parse(expression).next(start);
    } catch (CronSyntaxException e) {
      assertThat(e).hasMessageContaining("never fires");
      return Optional.empty();
    }
  }

  private static Optional<LocalDateTime> oracle(String expression, LocalDateTime start) {
    Cron cron = PARSER.parse(expression);
    return ExecutionTime.forCron(cron)
        .nextExecution(start.atZone(ZoneOffset.UTC))
        .map(ZonedDateTime::toLocalDateTime);
  }

  @Provide
  Arbitrary<LocalDateTime> moments() {
    return Arbitraries.longs()
        .between(1_500_000_000L, 2_000_000_000L)
        .map(second -> LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC));
  }

  @Provide
  Arbitrary<String> expressions() {
    return Combinators.combine(field(0, 59), field(0, 23), field(1, 31), field(1, 12), field(0, 6))
        .as(
            (minute, hour, day, month, weekday) ->
                String.join(" ", minute, hour, day, month, weekday));
  }

  private static Arbitrary<String> field(int first, int last) {
    Arbitrary<Integer> value = Arbitraries.integers().between(first, last);
    Arbitrary<String> range =
        Combinators.combine(value, value)
            .as((one, other) -> Math.min(one, other) + "-" + Math.max(one, other));
    Arbitrary<String> part = Arbitraries.oneOf(value.map(String::valueOf), range);
    Arbitrary<String> list =
        part.list().ofMinSize(1).ofMaxSize(3).map(parts -> String.join(",", parts));
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(4, Arbitraries.just("*")),
        net.jqwik.api.Tuple.of(4, list),
        net.jqwik.api.Tuple.of(
            1,
            Arbitraries.integers().between(2, last).map(step -> first == 1 ? "*" : "*/" + step)));
  }
}
