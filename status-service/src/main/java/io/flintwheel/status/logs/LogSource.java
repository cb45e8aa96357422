package io.flintwheel.status.logs;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.InputStream;
import java.util.Optional;

/** The logs of drivers whose pods exist. */
interface LogSource {

  /**
   * The last lines as they are now, and of these the last bytes, read to their end; empty when that
   * pod is no more, its container has not started, or its node keeps no log of it.
   *
   * @throws KubernetesClientException when that cannot be told now
   */
  Optional<LogEnd> tail(DriverContainer driver, int lines, int mostBytes);

  /**
   * The last lines and all that follow, until the container ends; else as {@link #tail}. The caller
   * closes it.
   */
  Optional<InputStream> follow(DriverContainer driver, int lines);
}
