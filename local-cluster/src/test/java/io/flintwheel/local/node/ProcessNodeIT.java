package io.flintwheel.local.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the cluster is told of a container: its result, its last words, its log. */
class ProcessNodeIT extends RunningNode {

  @Test
  void showsAContainerThatEndsWellAsSucceeded() {
    cluster().create(shell("well", "echo done"));

    Pod pod = cluster().awaitPhase("well", "Succeeded");

    assertThat(TinyPods.terminated(pod).getExitCode()).isZero();
    assertThat(TinyPods.terminated(pod).getReason()).isEqualTo("Completed");
    assertThat(cluster().log("well")).isEqualTo("done\n");
  }

  @Test
  void showsTheExitCodeAndTheLastWordsOfAContainerThatFails() {
    cluster().create(shell("fails", "echo out of luck; exit 3"));

    Pod pod = cluster().awaitPhase("fails", "Failed");

    assertThat(TinyPods.terminated(pod).getExitCode()).isEqualTo(3);
    assertThat(TinyPods.terminated(pod).getReason()).isEqualTo("Error");
    assertThat(TinyPods.terminated(pod).getMessage()).isEqualTo("out of luck\n");
  }

  @Test
  void showsWhatAContainerWroteAsItsTerminationMessage() {
    cluster().create(shell("words", "echo noise; echo my words > /dev/termination-log"));

    Pod pod = cluster().awaitPhase("words", "Succeeded");

    assertThat(TinyPods.terminated(pod).getMessage()).isEqualTo("my words\n");
  }

  @Test
  void followsALogUntilTheContainerEnds() {
    cluster().create(shell("chatty", "for i in 1 2 3; do echo line $i; sleep 0.3; done"));
    cluster()
        .await(
            "chatty", "has started", pod -> TinyPods.status(pod).getState().getWaiting() == null);
    var followed = new ByteArrayOutputStream();

    LogWatch watch = pods().withName("chatty").watchLog(followed);

    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> followed.toString(StandardCharsets.UTF_8).contains("line 3"));
    watch.close();
    assertThat(followed.toString(StandardCharsets.UTF_8)).isEqualTo("line 1\nline 2\nline 3\n");
  }

  @Test
  void givesTheEndOfALogWithTimes() {
    cluster().create(shell("timed", "echo one; echo two; echo three"));
    cluster().awaitPhase("timed", "Succeeded");

    String tail = pods().withName("timed").usingTimestamps().tailingLines(2).getLog();

    assertThat(tail.lines())
        .hasSize(2)
        .allMatch(line -> line.matches("2\\d{3}-\\d\\d-\\d\\dT\\S+Z (two|three)"));
  }

  @Test
  void hasNoLogOfAFormerRun() {
    cluster().create(shell("first-run", "echo hello"));
    cluster().awaitPhase("first-run", "Succeeded");

    assertThatThrownBy(() -> pods().withName("first-run").terminated().getLog())
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(400));
  }

  @Test
  void tellsThatAnExecutableIsMissing() {
    cluster()
        .create(
            TinyPods.edited(
                shell("unknown", ""),
                spec -> spec.editFirstContainer().withCommand("no-such-thing").endContainer()));

    Pod pod = cluster().awaitPhase("unknown", "Failed");

    assertThat(TinyPods.terminated(pod).getReason()).isEqualTo("StartError");
    assertThat(TinyPods.terminated(pod).getMessage())
        .contains("\"no-such-thing\": executable file not found");
  }

  @Test
  void tellsThatAnImageAloneIsNothingToRun() {
    cluster()
        .create(
            TinyPods.edited(
                shell("image", ""),
                spec -> spec.editFirstContainer().withCommand(List.of()).endContainer()));

    Pod pod = cluster().awaitPhase("image", "Failed");

    assertThat(TinyPods.terminated(pod).getMessage()).contains("neither command nor args");
  }
}
