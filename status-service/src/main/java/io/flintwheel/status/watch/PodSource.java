package io.flintwheel.status.watch;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** A pod as the API server has it now. */
interface PodSource {

  /**
   * Empty when there is no such pod.
   *
   * @throws KubernetesClientException when that cannot be told now
   */
  Optional<Pod> find(String namespace, String name);
}
