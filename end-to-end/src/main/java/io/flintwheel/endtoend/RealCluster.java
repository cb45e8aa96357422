package io.flintwheel.endtoend;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;

/** The cluster of KUBECONFIG; each service holds the token of its own account. */
final class RealCluster implements KubernetesCluster {

  private static final String NAMESPACE = "flintwheel";

  private final Path projectRoot;
  private final Path directory;
  private final KubernetesClient administrator;

  RealCluster(Path projectRoot, Path directory) {
    this.projectRoot = projectRoot;
    this.directory = directory;
    String kubeconfig = System.getenv("KUBECONFIG");
    if (kubeconfig == null) {
      throw new IllegalStateException("-Pcluster needs KUBECONFIG; try testbed/testbed up");
    }
    this.administrator =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(Path.of(kubeconfig).toFile()))
            .build();
    Manifests.apply(projectRoot.resolve("k8s/base"), administrator);
  }

  @Override
  public KubernetesClient administrator() {
    return administrator;
  }

  @Override
  public Path kubeconfig(FlintwheelService service) {
    return new ServiceAccountKubeconfig(administrator)
        .write(
            NAMESPACE,
            service.serviceAccount(),
            directory.resolve(service.serviceAccount() + ".kubeconfig"));
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
