package io.flintwheel.benchmarks;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobLabels;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** When each job's driver pod was seen to exist, on a watch of this process. */
final class DriverPods implements Watcher<Pod>, AutoCloseable {

  private final Map<String, Long> seen = new ConcurrentHashMap<>();
  private final Watch watch;

  DriverPods(KubernetesClient client) {
    this.watch =
        client.pods().inNamespace("default").withLabel(JobLabels.SPARK_ROLE, "driver").watch(this);
  }

  boolean has(JobId jobId) {
    return seen.containsKey(jobId.value());
  }

  /** As {@link System#nanoTime()} tells it. */
  long seenAt(JobId jobId) {
    Long at = seen.get(jobId.value());
    if (at == null) {
      throw new IllegalStateException("no driver pod of " + jobId + " was seen");
    }
    return at;
  }

  @Override
  public void eventReceived(Action action, Pod pod) {
    String jobId = pod.getMetadata().getLabels().get(JobLabels.JOB_ID);
    if (action == Action.ADDED && jobId != null) {
      seen.putIfAbsent(jobId, System.nanoTime());
    }
  }

  @Override
  public void onClose(WatcherException cause) {
    throw new IllegalStateException("the watch on driver pods ended; start again", cause);
  }

  @Override
  public void close() {
    watch.close();
  }
}
