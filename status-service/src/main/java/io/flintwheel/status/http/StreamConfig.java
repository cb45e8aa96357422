package io.flintwheel.status.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How server-sent events are sent. */
@ConfigMapping(prefix = "flintwheel.stream")
interface StreamConfig {

  /** A comment is sent so often, to keep proxies from closing. ISO-8601. */
  @WithDefault("PT15S")
  Duration heartbeatEvery();

  /**
   * The stream of one job ends with the job, and its executors end a moment after it: so long a
   * stream waits for them. ISO-8601; PT0S for not at all.
   */
  @WithDefault("PT5S")
  Duration settle();
}
