package io.flintwheel.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.local.Kubectl;
import io.flintwheel.local.Kubectl.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a real kubectl sees of pods that run, on our API and on the cluster of KUBECONFIG. */
@Tag("cluster-only")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubectlNodeIT {

  enum Kind {
    LOCAL,
    CLUSTER
  }

  private final Map<Kind, NodeCluster> clusters = new EnumMap<>(Kind.class);
  @TempDir private static Path directory;

  @BeforeAll
  void start() throws IOException {
    clusters.put(Kind.LOCAL, NodeCluster.startLocal(directory.resolve("local")));
    clusters.put(Kind.CLUSTER, NodeCluster.startOnCluster(directory.resolve("cluster")));
  }

  @AfterAll
  void close() {
    clusters.values().forEach(NodeCluster::close);
  }

  @ParameterizedTest
  @EnumSource
  void followsALogUntilTheContainerEnds(Kind kind) {
    create(kind, "chatty", "for i in 1 2 3; do echo line $i; sleep 0.5; done");
    kubectl(kind, "wait", "--for=condition=Ready", "pod/chatty", "--timeout=30s");

    Output log = kubectl(kind, "logs", "-f", "chatty");

    assertThat(log.text()).isEqualTo("line 1\nline 2\nline 3\n");
    assertThat(log.code()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void waitsForAPodThatBecomesReadyAndThenSucceeds(Kind kind) throws IOException {
    Path go = directory.resolve("go-" + kind);
    create(kind, "awaited", "while [ ! -e " + go + " ]; do sleep 0.1; done");

    Output ready = kubectl(kind, "wait", "--for=condition=Ready", "pod/awaited", "--timeout=30s");
    Files.createFile(go);
    Output ended =
        kubectl(
            kind,
            "wait",
            "--for=jsonpath={.status.phase}=Succeeded",
            "pod/awaited",
            "--timeout=30s");

    assertThat(ready.text()).isEqualTo("pod/awaited condition met\n");
    assertThat(ended.text()).isEqualTo("pod/awaited condition met\n");
    assertThat(kubectl(kind, "get", "pod", "awaited").text())
        .containsPattern("awaited +0/1 +Completed +0");
  }

  @ParameterizedTest
  @EnumSource
  void showsTheEndOfALogAndTheEventsOfAPod(Kind kind) {
    create(kind, "shown", "echo one; echo two");
    kubectl(kind, "wait", "--for=jsonpath={.status.phase}=Succeeded", "pod/shown", "--timeout=30s");

    Output tail = kubectl(kind, "logs", "--tail=1", "shown");
    Output description = kubectl(kind, "describe", "pod", "shown");

    assertThat(tail.text()).isEqualTo("two\n");
    assertThat(description.text()).contains("Exit Code:    0").containsPattern("Normal +Started");
  }

  @ParameterizedTest
  @EnumSource
  void tellsWhyAContainerThatCouldNotStartHasNoLog(Kind kind) {
    NodeCluster cluster = clusters.get(kind);
    cluster.create(
        TinyPods.edited(
            TinyPods.shell(cluster.nodeName(), "no-start", "true"),
            spec -> spec.editFirstContainer().withCommand("no-such-program").endContainer()));
    kubectl(kind, "wait", "--for=jsonpath={.status.phase}=Failed", "pod/no-start", "--timeout=30s");

    Output log = kubectl(kind, "logs", "no-start");

    assertThat(log.code()).isEqualTo(1);
    assertThat(log.text())
        .contains("container \"main\" in pod \"no-start\" is terminated: StartError: ")
        .contains("no-such-program")
        .doesNotContain("waiting");
  }

  @ParameterizedTest
  @EnumSource
  void deletesAPodThatRuns(Kind kind) {
    create(kind, "doomed", "exec sleep 600");
    kubectl(kind, "wait", "--for=condition=Ready", "pod/doomed", "--timeout=30s");

    Output deleted = kubectl(kind, "delete", "pod", "doomed");

    assertThat(deleted.text()).contains("\"doomed\" deleted");
    assertThat(kubectl(kind, "get", "pod", "doomed").text()).contains("NotFound");
  }

  private void create(Kind kind, String name, String script) {
    NodeCluster cluster = clusters.get(kind);
    cluster.create(TinyPods.shell(cluster.nodeName(), name, script));
  }

  private Output kubectl(Kind kind, String... arguments) {
    NodeCluster cluster = clusters.get(kind);
    return new Kubectl(cluster.kubeconfig(), cluster.namespace(), directory).run(arguments);
  }
}
