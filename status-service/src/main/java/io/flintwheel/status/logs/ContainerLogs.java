package io.flintwheel.status.logs;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import jakarta.inject.Singleton;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The logs of containers, from the API server.
 *
 * <p>Methods throw {@code KubernetesClientException} when it has none, does not answer, or the
 * container has not started.
 */
@Singleton
class ContainerLogs {

  private final KubernetesClient client;

  ContainerLogs(KubernetesClient client) {
    this.client = client;
  }

  /** The last lines as they are now. */
  InputStream tail(DriverContainer driver, int lines) {
    return container(driver).tailingLines(lines).getLogInputStream();
  }

  /** The last lines and all that follow, until the container ends. */
  InputStream follow(DriverContainer driver, int lines) {
    LogWatch watch = container(driver).tailingLines(lines).watchLog();
    return new FilterInputStream(watch.getOutput()) {
      @Override
      public void close() throws IOException {
        watch.close();
        super.close();
      }
    };
  }

  private ContainerResource container(DriverContainer driver) {
    return client
        .pods()
        .inNamespace(driver.namespace())
        .withName(driver.pod())
        .inContainer(driver.container());
  }
}
