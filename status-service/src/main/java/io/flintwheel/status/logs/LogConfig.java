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

  /** How many logs of running and ended drivers are read at the same time; 1 to 64. */
  @WithDefault("8")
  @Min(1)
  @Max(64)
  int readers();

  /**
   * How many drivers that were told to stop are followed to their last line at the same time; the
   * logs of more are kept as they are when they are told. 1 to 1000.
   */
  @WithDefault("64")
  @Min(1)
  @Max(1000)
  int stopping();

  /**
   * How long it is waited at most before the log of an ended driver is read again, while the API
   * server or the database is away; the first pause is a second. ISO-8601.
   */
  @WithDefault("PT1M")
  Duration longestRetry();

  /**
   * How many requests may follow logs at the same time; more are answered 503. Each holds a thread
   * of the HTTP server until its driver ends or its client leaves. 1 to 1000.
   */
  @WithDefault("64")
  @Min(1)
  @Max(1000)
  int followers();
}
