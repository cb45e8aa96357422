package io.flintwheel.submitter.kubernetes;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How half-made drivers are found and completed. */
@ConfigMapping(prefix = "flintwheel.submitter.sweep")
public interface SweepConfig {

  /** How long after one sweep the next begins; the first begins when the service starts. */
  @WithDefault("30s")
  Duration interval();

  /** Pods younger than this are somebody's work in progress. */
  @WithDefault("10s")
  Duration grace();
}
