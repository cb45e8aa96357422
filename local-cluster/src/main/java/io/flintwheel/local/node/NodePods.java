package io.flintwheel.local.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pods that are scheduled to this node, each with its worker. */
final class NodePods implements ResourceEventHandler<Pod>, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NodePods.class);
  private static final long STOP_SECONDS = 5;

  private final KubernetesClient client;
  private final String nodeName;
  private final PodContext context;
  private final Path root;
  private final ExecutorService threads;
  private final Map<String, PodWorker> workers = new ConcurrentHashMap<>();
  private final Map<String, Pod> pods = new ConcurrentHashMap<>();
  private final SharedIndexInformer<Pod> informer;

  /**
   * @param root where the pods' directories lie, by uid
   */
  NodePods(
      KubernetesClient client,
      String nodeName,
      PodContext context,
      Path root,
      ExecutorService threads) {
    this.client = client;
    this.nodeName = nodeName;
    this.context = context;
    this.root = root;
    this.threads = threads;
    this.informer =
        client.pods().inAnyNamespace().withField("spec.nodeName", nodeName).runnableInformer(0);
    informer.addEventHandler(this);
    informer.exceptionHandler((started, failure) -> true);
  }

  /** Removes what pods have left that are gone by now, then follows the pods of this node. */
  void start(StartupRetry retry) throws IOException {
    Files.createDirectories(root);
    Set<String> known = new HashSet<>();
    retry.run("list its pods", () -> known.addAll(uids()));
    try (Stream<Path> directories = Files.list(root)) {
      for (Path directory : directories.toList()) {
        if (!known.contains(String.valueOf(directory.getFileName()))) {
          clear(new PodDirectory(directory));
        }
      }
    }
    // In the background, and again and again while the API server does not answer.
    var unused = informer.start();
  }

  private List<String> uids() {
    return client
        .pods()
        .inAnyNamespace()
        .withField("spec.nodeName", nodeName)
        .list()
        .getItems()
        .stream()
        .map(pod -> pod.getMetadata().getUid())
        .toList();
  }

  @Override
  public void onAdd(Pod pod) {
    String uid = pod.getMetadata().getUid();
    pods.put(uid, pod);
    workers.computeIfAbsent(
        uid,
        unused -> {
          var worker = new PodWorker(context, pod, new PodDirectory(root.resolve(uid)));
          threads.execute(worker);
          return worker;
        });
  }

  @Override
  public void onUpdate(Pod before, Pod pod) {
    String uid = pod.getMetadata().getUid();
    if (!before.getMetadata().getUid().equals(uid)) {
      onDelete(before, false);
      onAdd(pod);
      return;
    }
    pods.put(uid, pod);
    PodWorker worker = workers.get(uid);
    if (worker != null) {
      worker.changed(pod);
    }
  }

  @Override
  public void onDelete(Pod pod, boolean finalStateUnknown) {
    String uid = pod.getMetadata().getUid();
    pods.remove(uid);
    PodWorker worker = workers.remove(uid);
    if (worker != null) {
      worker.removed();
    }
  }

  /** The pods as the API server last showed them. */
  List<Pod> list() {
    return List.copyOf(pods.values());
  }

  Optional<Pod> find(String namespace, String name) {
    return pods.values().stream()
        .filter(p -> p.getMetadata().getNamespace().equals(namespace))
        .filter(p -> p.getMetadata().getName().equals(name))
        .findFirst();
  }

  PodDirectory directory(Pod pod) {
    return new PodDirectory(root.resolve(pod.getMetadata().getUid()));
  }

  /** Ends every container and removes its files; the API server keeps the pods as they are. */
  void stopAll() {
    informer.close();
    workers.values().forEach(PodWorker::removed);
    end();
  }

  /** Leaves the containers running, to be adopted by the node's next run. */
  @Override
  public void close() {
    informer.close();
    workers.values().forEach(PodWorker::detach);
    end();
  }

  private void end() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void clear(PodDirectory directory) throws IOException {
    for (ContainerDirectory container : directory.containers().toList()) {
      ContainerProcess.adopt(container, context.clock())
          .ifPresent(
              process -> {
                LOG.info("Container of a pod that is gone ended directory={}", directory.root());
                process.kill();
                var unused =
                    process
                        .onExit()
                        .orTimeout(STOP_SECONDS, TimeUnit.SECONDS)
                        .exceptionally(e -> null)
                        .join();
              });
    }
    directory.delete();
  }
}
