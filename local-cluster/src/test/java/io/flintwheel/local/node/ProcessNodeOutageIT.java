package io.flintwheel.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against our API server alone: another cluster's cannot be stopped from here. */
class ProcessNodeOutageIT {

  @TempDir private Path directory;
  private NodeCluster cluster;

  @BeforeEach
  void startCluster() throws IOException {
    cluster = NodeCluster.startLocal(directory);
  }

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void tellsOfAnEndThatTheApiServerMissed() throws IOException {
    Path go = directory.resolve("go");
    Pod pod =
        cluster.create(
            TinyPods.shell(
                cluster.nodeName(),
                "away",
                "while [ ! -e " + go + " ]; do sleep 0.1; done; exit 5"));
    cluster.awaitPhase("away", "Running");
    cluster.stopApiServer();
    Files.createFile(go);
    Awaitility.await()
        .until(() -> Files.exists(cluster.podDirectory(pod).resolve("containers/main/exit")));

    cluster.restartApiServer();

    Pod failed = cluster.awaitPhase("away", "Failed");
    assertThat(TinyPods.terminated(failed).getExitCode()).isEqualTo(5);
  }

  @Test
  void joinsAnApiServerThatAnswersLater() {
    cluster.stopNode();
    cluster.client().nodes().withName(cluster.nodeName()).delete();
    cluster.stopApiServer();
    CompletableFuture<Void> started = CompletableFuture.runAsync(this::startNode);
    Awaitility.await()
        .during(Duration.ofSeconds(1))
        .atMost(Duration.ofSeconds(3))
        .until(() -> !started.isDone());

    cluster.restartApiServer();

    assertThat(started).succeedsWithin(Duration.ofSeconds(60));
    cluster.create(TinyPods.shell(cluster.nodeName(), "after", "exit 0"));
    cluster.awaitPhase("after", "Succeeded");
  }

  @Test
  void registersAgainWhenItsNodeWasDeleted() {
    cluster.client().nodes().withName(cluster.nodeName()).delete();

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> cluster.client().nodes().withName(cluster.nodeName()).get() != null);
  }

  @Test
  void deletesAPodWhoseFilesItCannotRead() throws IOException {
    Pod pod = cluster.create(TinyPods.shell(cluster.nodeName(), "unreadable", "exit 0"));
    cluster.awaitPhase("unreadable", "Succeeded");
    cluster.stopNode();
    Path containers = cluster.podDirectory(pod).resolve("containers/main");
    Files.delete(containers.resolve("exit"));
    Files.writeString(containers.resolve("started"), "no number");
    cluster.startNode();

    cluster.client().pods().inNamespace(cluster.namespace()).withName("unreadable").delete();

    cluster.awaitGone("unreadable");
  }

  private void startNode() {
    try {
      cluster.startNode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
