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
}
