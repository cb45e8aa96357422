package io.flintwheel.submitter.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How requests are taken from Kafka. */
@ConfigMapping(prefix = "flintwheel.submitter.intake")
public interface IntakeConfig {

  /** How many jobs are worked on at the same time; each needs a thread and a connection. */
  @WithDefault("16")
  @Min(1)
  @Max(256)
  int concurrency();

  /**
   * How many requests may be taken and not done. When Kubernetes is away, this many wait here and
   * the rest stays on the topic.
   */
  @WithDefault("256")
  @Min(1)
  int maxInFlight();

  /** How long a stopping or reassigned service waits for what it is doing. */
  @WithDefault("5s")
  Duration drainTimeout();
}
