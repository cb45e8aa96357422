package io.flintwheel.scheduler.outbox;

import java.time.Duration;

/** A relay's configuration for tests. */
public record RelayConfig(int batchSize) implements OutboxConfig {

  public RelayConfig() {
    this(100);
  }

  @Override
  public Duration firstPause() {
    return Duration.ofMillis(100);
  }

  @Override
  public Duration longestPause() {
    return Duration.ofSeconds(1);
  }

  @Override
  public Duration maxSleep() {
    return Duration.ofSeconds(1);
  }

  @Override
  public Duration retention() {
    return Duration.ofDays(1);
  }
}
