package io.flintwheel.scheduler.idempotency;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a repeated request is recognised. */
@ConfigMapping(prefix = "flintwheel.idempotency")
public interface IdempotencyConfig {

  /** How long the answer to an {@code Idempotency-Key} is kept. */
  @WithDefault("P7D")
  Duration retention();
}
