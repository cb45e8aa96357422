package io.flintwheel.status.projection;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How messages are stored. */
@ConfigMapping(prefix = "flintwheel.projection")
interface ProjectionConfig {

  /**
   * A replica that freezes while it writes keeps all others from writing; after so long the
   * database throws it out, and it writes again what it had in hand. ISO-8601, at least PT1S.
   */
  @WithDefault("PT10S")
  Duration frozenAfter();
}
