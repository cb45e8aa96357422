package io.flintwheel.scheduler.tick;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How due ticks are worked off and what happens to late ones. */
@ConfigMapping(prefix = "flintwheel.ticks")
public interface TickConfig {

  /**
   * A tick that is at most this late fires as if it were not; covers a restart and a short outage
   * of the database. From {@code PT0S}, at most {@code PT10M} and the catch-up window.
   */
  @WithDefault("PT1M")
  Duration onTime();

  /**
   * After a longer outage the latest tick fires when it is at most this late; all others are
   * recorded as missed. At most {@code P7D}.
   */
  @WithDefault("PT1H")
  Duration catchUpWindow();

  /** Schedules that are worked on in one transaction, 1 to 1000. */
  @WithDefault("100")
  int batchSize();

  /**
   * The longest sleep between looks at the database. Replicas wake each other, so this only bounds
   * how long a lost notification is felt.
   */
  @WithDefault("PT10S")
  Duration maxSleep();

  /** How long the history of ticks is kept. */
  @WithDefault("P90D")
  Duration retention();
}
