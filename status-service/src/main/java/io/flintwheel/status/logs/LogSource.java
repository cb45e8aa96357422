package io.flintwheel.status.logs;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.InputStream;
import java.util.Optional;

/** The logs of drivers whose pods exist. */
interface LogSource {

  /**
   * The last lines as they are now; empty when that pod is no more or its container has not
   * started.
   *
   * @throws KubernetesClientException when that cannot be told now
   */
  Optional<InputStream> tail(DriverContainer driver, int lines);

  /** The last lines and all that follow, until the container ends; else as {@link #tail}. */
  Optional<InputStream> follow(DriverContainer driver, int lines);
}
