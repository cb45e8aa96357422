package io.flintwheel.submitter.kafka;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How events and dead letters are published. */
@ConfigMapping(prefix = "flintwheel.submitter.publish")
public interface PublishConfig {

  /**
   * How long the broker has to confirm what was published. Then a caller of the HTTP interface is
   * told 503, and a request from the topic is handled again. Long enough for a broker's restart,
   * short enough for a caller. ISO-8601; from PT1S to PT2M.
   */
  @WithDefault("PT10S")
  @DurationMin(seconds = 1)
  @DurationMax(minutes = 2)
  Duration patience();
}
