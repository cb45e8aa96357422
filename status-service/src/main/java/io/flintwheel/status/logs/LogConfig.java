package io.flintwheel.status.logs;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How drivers' logs are kept. */
@ConfigMapping(prefix = "flintwheel.logs")
public interface LogConfig {

  /**
   * How often the end of a running driver's log is saved, so that a pod that vanishes without
   * notice leaves something. ISO-8601.
   */
  @WithDefault("PT15S")
  Duration snapshotEvery();

  /** How many lines a snapshot of a running driver has; 1 to 30000. */
  @WithDefault("2000")
  @Min(1)
  @Max(30_000)
  int snapshotLines();

  /** How many logs are read at the same time; 1 to 64. */
  @WithDefault("8")
  @Min(1)
  @Max(64)
  int readers();
}
