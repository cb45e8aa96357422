package io.flintwheel.status.projection;

import io.flintwheel.events.cloudevent.Decoded;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;

/** What the projection tells of itself. */
@Singleton
class ProjectionMetrics {

  private final MeterRegistry registry;
  private final Counter news;
  private final Counter duplicates;
  private final Counter refused;
  private final Timer lag;

  ProjectionMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.news = stored("true", registry);
    this.duplicates = stored("false", registry);
    this.refused =
        Counter.builder("flintwheel.projection.refused")
            .description("Events that the database will never take")
            .register(registry);
    this.lag =
        Timer.builder("flintwheel.projection.lag")
            .description("From a record's time to its being read")
            .register(registry);
  }

  private static Counter stored(String news, MeterRegistry registry) {
    return Counter.builder("flintwheel.projection.events")
        .description("Events stored; news=false were known already")
        .tag("news", news)
        .register(registry);
  }

  void stored(int events, int fresh) {
    news.increment(fresh);
    duplicates.increment(events - (double) fresh);
  }

  void refused() {
    refused.increment();
  }

  void skipped(String topic, Decoded.Reason reason) {
    Counter.builder("flintwheel.projection.skipped")
        .description("Records that are no event of ours")
        .tag("topic", topic)
        .tag("reason", reason.name())
        .register(registry)
        .increment();
  }

  void lag(Duration behind) {
    lag.record(behind.isNegative() ? Duration.ZERO : behind);
  }
}
