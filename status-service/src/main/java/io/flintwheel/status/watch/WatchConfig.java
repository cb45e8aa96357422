package io.flintwheel.status.watch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How pods are watched. */
@ConfigMapping(prefix = "flintwheel.watch")
public interface WatchConfig {

  /**
   * How long a driver pod must be gone before its job is told to be lost, unless somebody asked for
   * its cancellation. ISO-8601.
   */
  @WithDefault("PT10S")
  Duration lostGrace();

  /**
   * The same for an executor that was told to stop. Its driver does so when it is done with it, and
   * may itself take a while to end; only then is it known that all was in order. ISO-8601.
   */
  @WithDefault("PT1M")
  Duration stoppedGrace();

  /** How often all pods are listed, in case a watch has lost something. ISO-8601. */
  @WithDefault("PT1M")
  Duration reconcileEvery();

  /** How many pods are looked at at the same time; 1 to 64. */
  @WithDefault("4")
  @Min(1)
  @Max(64)
  int workers();
}
