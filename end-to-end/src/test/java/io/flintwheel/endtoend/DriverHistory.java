package io.flintwheel.endtoend;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobLabels;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Every driver pod that has ever been seen, also when it is gone again. */
final class DriverHistory implements ResourceEventHandler<Pod>, AutoCloseable {

  private final Map<String, Set<String>> uids = new ConcurrentHashMap<>();
  private final SharedIndexInformer<Pod> informer;

  DriverHistory(KubernetesClient administrator) {
    this.informer =
        administrator
            .pods()
            .inNamespace("default")
            .withLabel(JobLabels.SPARK_ROLE, "driver")
            .inform(this);
  }

  /** The uids of all driver pods that a job has had. */
  Set<String> of(JobId jobId) {
    return Set.copyOf(uids.getOrDefault(jobId.value(), Set.of()));
  }

  @Override
  public void onAdd(Pod pod) {
    String jobId = pod.getMetadata().getLabels().getOrDefault(JobLabels.JOB_ID, "");
    uids.computeIfAbsent(jobId, key -> ConcurrentHashMap.newKeySet())
        .add(pod.getMetadata().getUid());
  }

  @Override
  public void onUpdate(Pod before, Pod after) {
    onAdd(after);
  }

  @Override
  public void onDelete(Pod pod, boolean unknownFinalState) {
    onAdd(pod);
  }

  @Override
  public void close() {
    informer.close();
  }
}
