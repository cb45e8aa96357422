package io.flintwheel.status.watch;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.flintwheel.status.Installation;
import io.flintwheel.status.logs.DriverLogs;
import io.flintwheel.status.projection.JobQueries;
import io.flintwheel.status.projection.StoreUnavailable;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Brings pods to the reconciler: from a watch for speed, and from a list at the start and every now
 * and then for certainty. Drivers and executors that the database believes alive and that no list
 * shows went away while nobody looked; they are brought too.
 */
@Singleton
class PodWatch {

  private static final Logger LOG = Logger.getLogger(PodWatch.class);
  private static final Duration LIST_AGAIN = Duration.ofSeconds(2);

  private final Installation installation;
  private final WatchConfig config;
  private final KubernetesPods kubernetes;
  private final JobQueries jobs;
  private final PodReconciler reconciler;
  private final WorkQueue queue;
  private final Map<String, SharedIndexInformer<Pod>> informers = new ConcurrentHashMap<>();
  private final ScheduledExecutorService lister =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "pod-lister");
            thread.setDaemon(true);
            return thread;
          });

  PodWatch(
      Installation installation,
      WatchConfig config,
      Connections connections,
      JobQueries jobs,
      Clock clock) {
    this.installation = installation;
    this.config = config;
    this.kubernetes = connections.kubernetes();
    this.jobs = jobs;
    this.reconciler =
        new PodReconciler(
            new PodReconciler.Facts(
                new DriverFacts(installation.source(), clock),
                new ExecutorFacts(installation.source(), clock)),
            new PodReconciler.Surroundings(
                connections.sink(),
                connections.kubernetes(),
                new StoredJournal(jobs),
                connections.logs()),
            new PodReconciler.Graces(config.lostGrace(), config.stoppedGrace()),
            clock);
    this.queue = new WorkQueue(config.workers(), this::reconcile);
  }

  /** The outside systems of the watch. */
  @Singleton
  record Connections(KubernetesPods kubernetes, KafkaFactSink sink, DriverLogs logs) {}

  void start(@Observes StartupEvent event) {
    listAgainAfter(Duration.ZERO);
  }

  void stop(@Observes ShutdownEvent event) {
    lister.shutdownNow();
    informers.values().forEach(SharedIndexInformer::stop);
    queue.close();
  }

  private Optional<Duration> reconcile(String uid) {
    return reconciler.reconcile(uid, queue);
  }

  private void listAgainAfter(Duration delay) {
    if (!lister.isShutdown()) {
      var unused = lister.schedule(this::listAll, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void listAll() {
    boolean complete = false;
    try {
      complete = installation.namespaces().stream().filter(this::isNotListed).count() == 0;
    } finally {
      // Whatever was thrown, an Error too: nothing else brings pods that a watch has lost.
      listAgainAfter(complete ? config.reconcileEvery() : LIST_AGAIN);
    }
  }

  private boolean isNotListed(String namespace) {
    try {
      watch(namespace);
      list(namespace);
      return false;
    } catch (KubernetesClientException e) {
      LOG.warnf("pods cannot be listed now: namespace=%s code=%d", namespace, e.getCode());
    } catch (StoreUnavailable e) {
      LOG.warnf("open pods cannot be told from the database now: namespace=%s", namespace);
    } catch (RuntimeException e) {
      LOG.errorf(e, "listing pods failed: namespace=%s", namespace);
    }
    return true;
  }

  private void watch(String namespace) {
    SharedIndexInformer<Pod> informer = informers.get(namespace);
    if (informer != null && informer.stopped().toCompletableFuture().isDone()) {
      LOG.warnf("watch ended and starts again: namespace=%s", namespace);
      informers.remove(namespace);
    }
    informers.computeIfAbsent(
        namespace, watched -> kubernetes.watch(watched, new InformerEvents()));
  }

  private void list(String namespace) throws StoreUnavailable {
    List<PodReading> believed =
        reconciler.present().stream().filter(pod -> pod.namespace().equals(namespace)).toList();
    Set<String> living = new HashSet<>();
    for (Pod pod : kubernetes.list(namespace)) {
      living.add(pod.getMetadata().getUid());
      seen(pod);
    }
    // Believed before the list was asked for, so the list is newer: what it lacks is gone.
    List<PodReading> gone = new ArrayList<>(believed);
    gone.removeIf(pod -> living.contains(pod.uid()));
    jobs.openPods(namespace).stream()
        .map(OpenPods::reading)
        .filter(pod -> !living.contains(pod.uid()) && !reconciler.isTracked(pod.uid()))
        .forEach(gone::add);
    gone.forEach(this::gone);
  }

  private void seen(Pod pod) {
    PodReading.of(pod)
        .ifPresentOrElse(
            reading -> {
              if (reconciler.seen(reading)) {
                queue.add(reading.uid());
              }
            },
            () ->
                LOG.debugf(
                    "pod is left alone, its labels are not ours: pod=%s",
                    pod.getMetadata().getName()));
  }

  private void gone(PodReading pod) {
    reconciler.gone(pod);
    queue.add(pod.uid());
  }

  private final class InformerEvents implements ResourceEventHandler<Pod> {

    @Override
    public void onAdd(Pod pod) {
      seen(pod);
    }

    @Override
    public void onUpdate(Pod before, Pod pod) {
      seen(pod);
    }

    @Override
    public void onDelete(Pod pod, boolean finalStateUnknown) {
      PodReading.of(pod).ifPresent(PodWatch.this::gone);
    }
  }
}
