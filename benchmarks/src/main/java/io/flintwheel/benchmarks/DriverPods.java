package io.flintwheel.benchmarks;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobLabels;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** When each job's driver pod was seen to exist, on a watch of this process. */
final class DriverPods implements Watcher<Pod>, AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Map<String, Long> seen = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> latches = new ConcurrentHashMap<>();
  private final Watch watch;

  DriverPods(KubernetesClient client) {
    this.watch =
        client.pods().inNamespace("default").withLabel(JobLabels.SPARK_ROLE, "driver").watch(this);
  }

  /**
   * Waits without taking time from those who are measured.
   *
   * @return when the pod was seen, as {@link System#nanoTime()} tells it
   */
  long awaitSeen(JobId jobId) {
    CountDownLatch latch = latches.computeIfAbsent(jobId.value(), id -> new CountDownLatch(1));
    try {
      if (!latch.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("no driver pod of " + jobId + " was seen");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a driver pod", e);
    }
    return Objects.requireNonNull(seen.get(jobId.value()));
  }

  @Override
  public void eventReceived(Action action, Pod pod) {
    String jobId = pod.getMetadata().getLabels().get(JobLabels.JOB_ID);
    if (action == Action.ADDED && jobId != null) {
      seen.putIfAbsent(jobId, System.nanoTime());
      latches.computeIfAbsent(jobId, id -> new CountDownLatch(1)).countDown();
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
