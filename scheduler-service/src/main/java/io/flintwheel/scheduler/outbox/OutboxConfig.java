package io.flintwheel.scheduler.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How events get from the database to Kafka. */
@ConfigMapping(prefix = "flintwheel.outbox")
public interface OutboxConfig {

  /** Events that a relay takes at once, 1 to 10000. */
  @WithDefault("500")
  int batchSize();

  /** The first pause after a failure; it doubles from there. More than {@code PT0S}. */
  @WithDefault("PT0.2S")
  Duration firstPause();

  /** The longest pause after a failure. */
  @WithDefault("PT5S")
  Duration longestPause();

  /** The longest sleep; replicas wake each other, this bounds how long a lost wake-up is felt. */
  @WithDefault("PT5S")
  Duration maxSleep();

  /** How long published events stay in the table, for looking into. */
  @WithDefault("P1D")
  Duration retention();
}
