package io.flintwheel.status.watch;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.flintwheel.events.job.JobLabels;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** The API server, as far as pods of ours are concerned. */
@Singleton
class KubernetesPods implements PodSource {

  private final KubernetesClient client;

  KubernetesPods(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public Optional<Pod> find(String namespace, String name) {
    return Optional.ofNullable(client.pods().inNamespace(namespace).withName(name).get());
  }

  /** All pods of ours in a namespace, as they are now. */
  List<Pod> list(String namespace) {
    return ours(namespace).list().getItems();
  }

  /** Watches pods; goes on by itself whatever happens to the API server. */
  SharedIndexInformer<Pod> watch(String namespace, ResourceEventHandler<Pod> handler) {
    SharedIndexInformer<Pod> informer =
        ours(namespace)
            .runnableInformer(0)
            .addEventHandler(handler)
            .exceptionHandler((isStarted, failure) -> true);
    var unused = informer.start();
    return informer;
  }

  private FilterWatchListDeletable<Pod, PodList, PodResource> ours(String namespace) {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabel(JobLabels.JOB_ID)
        .withLabel(JobLabels.MANAGED_BY, JobLabels.MANAGED_BY_VALUE);
  }
}
