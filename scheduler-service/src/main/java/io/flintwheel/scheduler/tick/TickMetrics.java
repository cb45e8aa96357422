package io.flintwheel.scheduler.tick;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Counts ticks by outcome, and how late those are that fire. */
@Singleton
class TickMetrics {

  private final MeterRegistry registry;
  private final Timer lag;

  TickMetrics(MeterRegistry registry) {
    this.registry = registry;
    lag =
        Timer.builder("flintwheel.tick.lag")
            .description("Nominal time of a tick to the transaction that fires it")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofHours(1))
            .register(registry);
  }

  void decided(List<Tick> ticks, Instant now) {
    for (Tick tick : ticks) {
      if (tick.outcome() == TickOutcome.FIRED) {
        lag.record(Duration.between(tick.nominal(), now));
      }
      registry
          .counter(
              "flintwheel.ticks",
              "outcome",
              tick.outcome().name(),
              "reason",
              tick.reason() == null ? "none" : String.valueOf(tick.reason()))
          .increment(tick.count());
    }
  }
}
