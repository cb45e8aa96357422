package io.flintwheel.endtoend;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.flintwheel.local.apiserver.LocalApiServer;
import java.nio.file.Path;

/** The local Kubernetes API; it knows one identity, so every service is that one. */
final class LocalCluster implements KubernetesCluster {

  private final LocalApiServer apiServer;
  private final KubernetesClient administrator;

  LocalCluster(Path directory) {
    this.apiServer = LocalApiServer.start(directory, 0);
    this.administrator =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(apiServer.kubeconfig().toFile()))
            .build();
  }

  @Override
  public KubernetesClient administrator() {
    return administrator;
  }

  @Override
  public Path nodeKubeconfig() {
    return apiServer.kubeconfig();
  }

  @Override
  public Path pki() {
    return apiServer.caCertificate().resolveSibling(".");
  }

  @Override
  public Path kubeconfig(FlintwheelService service) {
    return apiServer.kubeconfig();
  }

  @Override
  public void stopApiServer() {
    apiServer.stop();
  }

  @Override
  public void startApiServer() {
    apiServer.restart();
  }

  @Override
  public void close() {
    administrator.close();
    apiServer.close();
  }
}
