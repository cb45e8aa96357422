package io.flintwheel.local.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many pods, many watches, and what is left of it all when the server has closed. */
class ApiLoadIT {

  private static final int PODS = 200;
  private static final int WATCHES = 25;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path directory;

  @Test
  void tellsEveryWatchOfEveryPodInOrder() {
    try (LocalApiServer server = LocalApiServer.start(directory, 0);
        KubernetesClient client = client(server)) {
      List<Told> watches = IntStream.range(0, WATCHES).mapToObj(i -> Told.by(client)).toList();

      IntStream.range(0, PODS).parallel().forEach(i -> create(client, "pod-" + i));
      client.pods().inNamespace("default").withGracePeriod(0).delete();

      for (Told told : watches) {
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> told.deleted.size() == PODS && told.added.size() == PODS);
        told.watch.close();
      }
      List<String> inOrder = List.copyOf(watches.get(0).added);
      assertThat(watches)
          .allSatisfy(told -> assertThat(told.added).containsExactlyElementsOf(inOrder));
    }
  }

  @Test
  void leavesNoThreadBehindWhenItCloses() {
    Set<Thread> before = threads();
    LocalApiServer server = LocalApiServer.start(directory, 0);
    try (KubernetesClient client = client(server)) {
      create(client, "alone");
      Told.by(client);
    }

    server.close();

    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(threads()).filteredOn(t -> !before.contains(t)).isEmpty());
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.isAlive() && thread.getName().startsWith("vert.x"))
        .collect(Collectors.toSet());
  }

  private static KubernetesClient client(LocalApiServer server) {
    Config config = Config.fromKubeconfig(server.kubeconfig().toFile());
    config.setRequestTimeout((int) PATIENCE.toMillis());
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private static void create(KubernetesClient client, String name) {
    client
        .pods()
        .inNamespace("default")
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withSchedulerName("nobody")
                .addNewContainer()
                .withName("main")
                .withImage("any")
                .endContainer()
                .endSpec()
                .build())
        .create();
  }

  /** What one watch was told. */
  private static final class Told implements Watcher<Pod> {

    private final Queue<String> added = new ConcurrentLinkedQueue<>();
    private final Queue<String> deleted = new ConcurrentLinkedQueue<>();
    private Watch watch;

    static Told by(KubernetesClient client) {
      var told = new Told();
      told.watch = client.pods().inNamespace("default").watch(told);
      return told;
    }

    @Override
    public void eventReceived(Action action, Pod pod) {
      if (action == Action.ADDED) {
        added.add(pod.getMetadata().getName());
      } else if (action == Action.DELETED) {
        deleted.add(pod.getMetadata().getName());
      }
    }

    @Override
    public void onClose(WatcherException cause) {
      // A watch that ended too soon is told apart by what it missed.
    }
  }
}
