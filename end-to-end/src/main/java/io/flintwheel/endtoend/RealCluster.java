package io.flintwheel.endtoend;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The cluster of KUBECONFIG; each service and the node hold the token of their own account.
 *
 * <p>A test may not stop a cluster's API server, but it can cut the services off from it: then they
 * reach it through a relay. The node and the administrator always go straight to it.
 */
final class RealCluster implements KubernetesCluster {

  private static final String NAMESPACE = "flintwheel";

  private final Path directory;
  private final Path kubeconfig;
  private final KubernetesClient administrator;
  private final Optional<TcpRelay> relay;

  private RealCluster(Path projectRoot, Path directory, boolean cuttable) {
    this.directory = directory;
    this.kubeconfig = kubeconfig();
    this.administrator =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
            .build();
    URL server = administrator.getMasterUrl();
    this.relay =
        cuttable ? Optional.of(TcpRelay.to(server.getHost(), port(server))) : Optional.empty();
    Manifests.apply(projectRoot.resolve("k8s/base"), administrator);
    Manifests.apply(projectRoot.resolve("k8s/process-node"), administrator);
  }

  /** With no detour that would cost time. */
  static RealCluster direct(Path projectRoot, Path directory) {
    return new RealCluster(projectRoot, directory, false);
  }

  /** One that the services can be cut off from. */
  static RealCluster cuttable(Path projectRoot, Path directory) {
    return new RealCluster(projectRoot, directory, true);
  }

  private static Path kubeconfig() {
    String named = System.getenv("KUBECONFIG");
    if (named == null || !Files.isReadable(Path.of(named))) {
      throw new IllegalStateException(
          "-Pcluster needs KUBECONFIG, the path of one readable file (try testbed/testbed up); it is "
              + named);
    }
    return Path.of(named);
  }

  @Override
  public KubernetesClient administrator() {
    return administrator;
  }

  @Override
  public Path nodeKubeconfig() {
    return account("kube-system", "flintwheel-process-node", server());
  }

  @Override
  public Path pki() {
    return kubeconfig.resolveSibling("pki");
  }

  @Override
  public Path kubeconfig(FlintwheelService service) {
    String server = relay.map(way -> "https://127.0.0.1:" + way.port()).orElseGet(this::server);
    return account(NAMESPACE, service.serviceAccount(), server);
  }

  private String server() {
    return administrator.getMasterUrl().toString();
  }

  private Path account(String namespace, String name, String server) {
    return new ServiceAccountKubeconfig(administrator)
        .write(namespace, name, server, directory.resolve(name + ".kubeconfig"));
  }

  @Override
  public void stopApiServer() {
    relay.orElseThrow().cut();
  }

  @Override
  public void startApiServer() {
    relay.orElseThrow().restore();
  }

  @Override
  public void close() {
    relay.ifPresent(TcpRelay::close);
    administrator.close();
  }

  private static int port(URL server) {
    return server.getPort() < 0 ? server.getDefaultPort() : server.getPort();
  }
}
