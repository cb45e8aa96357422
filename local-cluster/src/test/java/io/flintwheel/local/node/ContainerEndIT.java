package io.flintwheel.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** How containers end, by themselves and by force, and who is told. */
class ContainerEndIT extends RunningNode {

  @Test
  void asksAContainerToEndBeforeItsPodGoes() throws IOException {
    Path farewell = directory().resolve("farewell");
    Pod pod =
        cluster()
            .create(
                shell(
                    "polite",
                    "trap 'echo bye > "
                        + farewell
                        + "; exit 0' TERM; echo up;"
                        + " while :; do sleep 0.1; done"));
    cluster().awaitPhase("polite", "Running");
    awaitLog("polite", "up");

    pods().withName("polite").withGracePeriod(20).delete();

    cluster().awaitGone("polite");
    assertThat(farewell).hasContent("bye\n");
    Awaitility.await().until(() -> Files.notExists(cluster().podDirectory(pod)));
  }

  @Test
  void killsAContainerThatIgnoresTheRequestToEnd() {
    Pod pod =
        cluster().create(shell("stubborn", "trap '' TERM; echo up; while :; do sleep 0.1; done"));
    cluster().awaitPhase("stubborn", "Running");
    awaitLog("stubborn", "up");
    ProcessHandle process = process(pod);

    pods().withName("stubborn").withGracePeriod(1).delete();

    cluster().awaitGone("stubborn");
    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void saysWhyTheMachineDoesNotStartAProcess() {
    cluster().create(shell("nul", "echo a\0b"));

    Pod pod = cluster().awaitPhase("nul", "Failed");

    assertThat(TinyPods.terminated(pod).getReason()).isEqualTo("StartError");
    assertThat(TinyPods.terminated(pod).getMessage()).contains("failed to start");
  }

  @Test
  void showsAProcessThatSomeoneKilled() {
    Pod pod = cluster().create(shell("victim", "echo up; exec sleep 60"));
    cluster().awaitPhase("victim", "Running");
    awaitLog("victim", "up");

    process(pod).destroyForcibly();

    Pod failed = cluster().awaitPhase("victim", "Failed");
    assertThat(TinyPods.terminated(failed).getExitCode()).isEqualTo(137);
    assertThat(TinyPods.terminated(failed).getReason()).isEqualTo("Error");
  }

  @Test
  void showsAProcessThatSomeoneKilledTogetherWithItsWatcher() {
    Pod pod = cluster().create(shell("both", "echo up; exec sleep 60"));
    cluster().awaitPhase("both", "Running");
    awaitLog("both", "up");

    killWithWatcher(process(pod));

    Pod failed = cluster().awaitPhase("both", "Failed");
    assertThat(TinyPods.terminated(failed).getExitCode()).isEqualTo(137);
    assertThat(TinyPods.terminated(failed).getReason()).isEqualTo("Error");
  }

  @Test
  void doesNotKnowHowAContainerEndedThatWasKilledWithItsWatcherWhileTheNodeWasAway()
      throws IOException {
    Pod pod = cluster().create(shell("unseen", "echo up; exec sleep 60"));
    cluster().awaitPhase("unseen", "Running");
    awaitLog("unseen", "up");
    ProcessHandle process = process(pod);
    cluster().stopNode();
    killWithWatcher(process);
    Awaitility.await().until(() -> hasEnded(process.pid()));

    cluster().startNode();

    Pod failed = cluster().awaitPhase("unseen", "Failed");
    assertThat(TinyPods.terminated(failed).getExitCode()).isEqualTo(137);
    assertThat(TinyPods.terminated(failed).getReason()).isEqualTo("ContainerStatusUnknown");
  }

  @Test
  void endsWhatAContainerLeftRunning() {
    Path pid = directory().resolve("orphan");
    cluster().create(shell("parent", "sleep 60 & echo $! > " + pid));

    cluster().awaitPhase("parent", "Succeeded");

    Awaitility.await().until(() -> hasEnded(Long.parseLong(Files.readString(pid).strip())));
  }

  @Test
  void killsAContainerThatUsesMoreMemoryThanItMay() {
    cluster()
        .create(
            TinyPods.edited(
                shell("greedy", "x=aaaaaaaaaaaaaaaa; while :; do x=$x$x; sleep 0.1; done"),
                spec ->
                    spec.editFirstContainer()
                        .withNewResources()
                        .addToLimits("memory", new Quantity("32Mi"))
                        .endResources()
                        .endContainer()));

    Pod pod = cluster().awaitPhase("greedy", "Failed");

    assertThat(TinyPods.terminated(pod).getReason()).isEqualTo("OOMKilled");
    assertThat(TinyPods.terminated(pod).getExitCode()).isEqualTo(137);
  }

  @Test
  void adoptsContainersThatOutliveTheNode() throws IOException {
    Path runs = directory().resolve("runs");
    String script =
        "echo run >> "
            + runs
            + "; while [ ! -e "
            + directory()
            + "/go ]; do sleep 0.1; done; echo end";
    cluster().create(shell("survivor", script));
    cluster()
        .create(
            shell(
                "ended-meanwhile",
                "while [ ! -e " + directory() + "/end ]; do sleep 0.1; done; exit 4"));
    Pod deleted = cluster().create(shell("deleted-meanwhile", "echo up; exec sleep 60"));
    cluster().awaitPhase("survivor", "Running");
    cluster().awaitPhase("ended-meanwhile", "Running");
    awaitLog("survivor", "");
    awaitLog("deleted-meanwhile", "up");
    ProcessHandle orphan = process(deleted);
    cluster().stopNode();
    Files.createFile(directory().resolve("end"));
    pods().withName("deleted-meanwhile").withGracePeriod(0).delete();
    Awaitility.await().until(() -> Files.exists(exitFile("ended-meanwhile")));

    cluster().startNode();

    assertThat(TinyPods.terminated(cluster().awaitPhase("ended-meanwhile", "Failed")).getExitCode())
        .isEqualTo(4);
    Awaitility.await().until(() -> !orphan.isAlive());
    Files.createFile(directory().resolve("go"));
    cluster().awaitPhase("survivor", "Succeeded");
    assertThat(cluster().log("survivor")).isEqualTo("end\n");
    assertThat(runs).hasContent("run\n");
  }

  // The watcher first: it must not live to write down what it sees.
  private static void killWithWatcher(ProcessHandle process) {
    process.parent().orElseThrow().destroyForcibly();
    process.destroyForcibly();
  }

  private Path exitFile(String name) {
    return cluster().podDirectory(pods().withName(name).get()).resolve("containers/main/exit");
  }

  // A process that its parent has not collected yet is still there, but has no command any more.
  private static boolean hasEnded(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().command()).isEmpty();
  }
}
