package io.flintwheel.endtoend;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;

/** The Kubernetes that an installation submits to as an administrator sees it. */
public interface KubernetesCluster extends AutoCloseable {

  /** A client that may do everything; for looking behind the services' backs. */
  KubernetesClient administrator();

  /** What a process node is started with. */
  Path nodeKubeconfig();

  /** Where the authority lies from which a node takes its serving certificate. */
  Path pki();

  /** What a service is started with: who it is on this cluster. */
  Path kubeconfig(FlintwheelService service);

  /** Takes the API server away from the services; its data and address stay. */
  void stopApiServer();

  /** Brings the API server back. */
  void startApiServer();

  @Override
  void close();
}
