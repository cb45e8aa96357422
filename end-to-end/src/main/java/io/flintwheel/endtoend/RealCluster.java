package io.flintwheel.endtoend;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;

/** The cluster of KUBECONFIG; each service and the node hold the token of their own account. */
final class RealCluster implements KubernetesCluster {

  private static final String NAMESPACE = "flintwheel";

  private final Path projectRoot;
  private final Path directory;
  private final Path kubeconfig;
  private final KubernetesClient administrator;

  RealCluster(Path projectRoot, Path directory) {
    this.projectRoot = projectRoot;
    this.directory = directory;
    String named = System.getenv("KUBECONFIG");
    if (named == null) {
      throw new IllegalStateException("-Pcluster needs KUBECONFIG; try testbed/testbed up");
    }
    this.kubeconfig = Path.of(named);
    this.administrator =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
            .build();
    Manifests.apply(projectRoot.resolve("k8s/base"), administrator);
    Manifests.apply(projectRoot.resolve("k8s/process-node"), administrator);
  }

  @Override
  public KubernetesClient administrator() {
    return administrator;
  }

  @Override
  public Path nodeKubeconfig() {
    return account("kube-system", "flintwheel-process-node");
  }

  @Override
  public Path pki() {
    return kubeconfig.resolveSibling("pki");
  }

  @Override
  public Path kubeconfig(FlintwheelService service) {
    return account(NAMESPACE, service.serviceAccount());
  }

  private Path account(String namespace, String name) {
    return new ServiceAccountKubeconfig(administrator)
        .write(namespace, name, directory.resolve(name + ".kubeconfig"));
  }

  @Override
  public void stopApiServer() {
    Testbed.fault(projectRoot, "kube-apiserver", "kill");
  }

  @Override
  public void startApiServer() {
    Testbed.fault(projectRoot, "kube-apiserver", "start");
  }

  @Override
  public void close() {
    administrator.close();
  }
}
