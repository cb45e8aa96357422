package io.flintwheel.local.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("cluster")
class ProcessNodeIT {

  @TempDir private static Path directory;
  private static NodeCluster cluster;

  @BeforeAll
  static void startCluster() throws IOException {
    cluster = NodeCluster.start(directory);
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @Test
  void showsAContainerThatEndsWellAsSucceeded() {
    cluster.create(shell("well", "echo done"));

    Pod pod = cluster.awaitPhase("well", "Succeeded");

    assertThat(TinyPods.terminated(pod).getExitCode()).isZero();
    assertThat(TinyPods.terminated(pod).getReason()).isEqualTo("Completed");
    assertThat(cluster.log("well")).isEqualTo("done\n");
  }

  @Test
  void showsTheExitCodeAndTheLastWordsOfAContainerThatFails() {
    cluster.create(shell("fails", "echo out of luck; exit 3"));

    Pod pod = cluster.awaitPhase("fails", "Failed");

    assertThat(TinyPods.terminated(pod).getExitCode()).isEqualTo(3);
    assertThat(TinyPods.terminated(pod).getReason()).isEqualTo("Error");
    assertThat(TinyPods.terminated(pod).getMessage()).isEqualTo("out of luck\n");
  }

  @Test
  void showsWhatAContainerWroteAsItsTerminationMessage() {
    cluster.create(shell("words", "echo noise; echo my words > /dev/termination-log"));

    Pod pod = cluster.awaitPhase("words", "Succeeded");

    assertThat(TinyPods.terminated(pod).getMessage()).isEqualTo("my words\n");
  }

  @Test
  void laysOutEveryKindOfVolume() {
    configMap("greetings", Map.of("morning", "hello", "evening", "bye"));
    secret("login", Map.of("password", "hunter2"));
    Pod pod =
        TinyPods.edited(
            shell(
                "volumes",
                "cat /etc/greetings/first /etc/login/password /etc/pod/name /etc/all/team;"
                    + " echo x > /scratch/y; cat /scratch/y;"
                    + " test -s /var/run/secrets/kubernetes.io/serviceaccount/token && echo token"),
            spec ->
                spec.addNewVolume()
                    .withName("greetings")
                    .withNewConfigMap()
                    .withName("greetings")
                    .addNewItem("morning", null, "first")
                    .endConfigMap()
                    .endVolume()
                    .addNewVolume()
                    .withName("login")
                    .withNewSecret()
                    .withSecretName("login")
                    .endSecret()
                    .endVolume()
                    .addNewVolume()
                    .withName("pod")
                    .withNewDownwardAPI()
                    .addNewItem()
                    .withPath("name")
                    .withNewFieldRef("v1", "metadata.name")
                    .endItem()
                    .endDownwardAPI()
                    .endVolume()
                    .addNewVolume()
                    .withName("all")
                    .withNewProjected()
                    .addNewSource()
                    .withNewDownwardAPI()
                    .addNewItem()
                    .withPath("team")
                    .withNewFieldRef("v1", "metadata.labels['team']")
                    .endItem()
                    .endDownwardAPI()
                    .endSource()
                    .endProjected()
                    .endVolume()
                    .addNewVolume()
                    .withName("scratch")
                    .withNewEmptyDir()
                    .endEmptyDir()
                    .endVolume()
                    .editFirstContainer()
                    .addNewVolumeMount()
                    .withName("greetings")
                    .withMountPath("/etc/greetings")
                    .endVolumeMount()
                    .addNewVolumeMount()
                    .withName("login")
                    .withMountPath("/etc/login")
                    .endVolumeMount()
                    .addNewVolumeMount()
                    .withName("pod")
                    .withMountPath("/etc/pod")
                    .endVolumeMount()
                    .addNewVolumeMount()
                    .withName("all")
                    .withMountPath("/etc/all")
                    .endVolumeMount()
                    .addNewVolumeMount()
                    .withName("scratch")
                    .withMountPath("/scratch")
                    .endVolumeMount()
                    .endContainer());

    cluster.create(pod);

    cluster.awaitPhase("volumes", "Succeeded");
    assertThat(cluster.log("volumes")).isEqualTo("hellohunter2volumesdatax\ntoken\n");
  }

  @Test
  void givesTheContainerItsEnvironment() {
    configMap("colours", Map.of("colour", "red"));
    Pod pod =
        TinyPods.edited(
            shell("environment", "echo $colour $NODE $IP $HELLO; echo $(HELLO)"),
            spec ->
                spec.editFirstContainer()
                    .addNewEnvFrom()
                    .withNewConfigMapRef("colours", false)
                    .endEnvFrom()
                    .addNewEnv()
                    .withName("NODE")
                    .withNewValueFrom()
                    .withNewFieldRef("v1", "spec.nodeName")
                    .endValueFrom()
                    .endEnv()
                    .addNewEnv()
                    .withName("IP")
                    .withNewValueFrom()
                    .withNewFieldRef("v1", "status.podIP")
                    .endValueFrom()
                    .endEnv()
                    .addNewEnv()
                    .withName("HELLO")
                    .withValue("hello-$(NODE)")
                    .endEnv()
                    .endContainer());

    cluster.create(pod);

    Pod done = cluster.awaitPhase("environment", "Succeeded");
    String node = cluster.nodeName();
    assertThat(cluster.log("environment"))
        .isEqualTo(
            "red "
                + node
                + " "
                + done.getStatus().getPodIP()
                + " hello-"
                + node
                + "\nhello-"
                + node
                + "\n");
  }

  @Test
  void followsALogUntilTheContainerEnds() {
    cluster.create(shell("chatty", "for i in 1 2 3; do echo line $i; sleep 0.3; done"));
    cluster.await(
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
    cluster.create(shell("timed", "echo one; echo two; echo three"));
    cluster.awaitPhase("timed", "Succeeded");

    String tail = pods().withName("timed").usingTimestamps().tailingLines(2).getLog();

    assertThat(tail.lines())
        .hasSize(2)
        .allMatch(line -> line.matches("2\\d{3}-\\d\\d-\\d\\dT\\S+Z (two|three)"));
  }

  @Test
  void hasNoLogOfAFormerRun() {
    cluster.create(shell("first-run", "echo hello"));
    cluster.awaitPhase("first-run", "Succeeded");

    assertThatThrownBy(() -> pods().withName("first-run").terminated().getLog())
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(400));
  }

  @Test
  void startsOnceAMissingConfigMapComes() {
    cluster.create(
        TinyPods.edited(
            shell("patient", "cat /etc/late/word"),
            spec ->
                spec.addNewVolume()
                    .withName("late")
                    .withNewConfigMap()
                    .withName("late")
                    .endConfigMap()
                    .endVolume()
                    .editFirstContainer()
                    .addNewVolumeMount()
                    .withName("late")
                    .withMountPath("/etc/late")
                    .endVolumeMount()
                    .endContainer()));
    Pod waiting =
        cluster.await(
            "patient",
            "waits",
            pod ->
                !pod.getStatus().getContainerStatuses().isEmpty()
                    && TinyPods.status(pod).getState().getWaiting() != null
                    && TinyPods.status(pod).getState().getWaiting().getMessage() != null);

    configMap("late", Map.of("word", "there"));

    assertThat(TinyPods.status(waiting).getState().getWaiting().getMessage())
        .contains("configmap \"late\" not found");
    cluster.awaitPhase("patient", "Succeeded");
    assertThat(cluster.log("patient")).isEqualTo("there");
  }

  @Test
  void tellsThatAnExecutableIsMissing() {
    cluster.create(
        TinyPods.edited(
            shell("unknown", ""),
            spec -> spec.editFirstContainer().withCommand("no-such-thing").endContainer()));

    Pod pod = cluster.awaitPhase("unknown", "Failed");

    assertThat(TinyPods.terminated(pod).getReason()).isEqualTo("StartError");
    assertThat(TinyPods.terminated(pod).getMessage())
        .contains("\"no-such-thing\": executable file not found");
  }

  @Test
  void tellsThatAnImageAloneIsNothingToRun() {
    cluster.create(
        TinyPods.edited(
            shell("image", ""),
            spec -> spec.editFirstContainer().withCommand(List.of()).endContainer()));

    Pod pod = cluster.awaitPhase("image", "Failed");

    assertThat(TinyPods.terminated(pod).getMessage()).contains("neither command nor args");
  }

  @Test
  void asksAContainerToEndBeforeItsPodGoes() throws IOException {
    Path farewell = directory.resolve("farewell");
    Pod pod =
        cluster.create(
            shell(
                "polite",
                "trap 'echo bye > "
                    + farewell
                    + "; exit 0' TERM; echo up;"
                    + " while :; do sleep 0.1; done"));
    cluster.awaitPhase("polite", "Running");
    awaitLog("polite", "up");

    pods().withName("polite").withGracePeriod(20).delete();

    cluster.awaitGone("polite");
    assertThat(farewell).hasContent("bye\n");
    Awaitility.await().until(() -> Files.notExists(cluster.podDirectory(pod)));
  }

  @Test
  void killsAContainerThatIgnoresTheRequestToEnd() {
    Pod pod =
        cluster.create(shell("stubborn", "trap '' TERM; echo up; while :; do sleep 0.1; done"));
    cluster.awaitPhase("stubborn", "Running");
    awaitLog("stubborn", "up");
    ProcessHandle process = process(pod);

    pods().withName("stubborn").withGracePeriod(1).delete();

    cluster.awaitGone("stubborn");
    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void showsAProcessThatSomeoneKilled() {
    Pod pod = cluster.create(shell("victim", "echo up; exec sleep 60"));
    cluster.awaitPhase("victim", "Running");
    awaitLog("victim", "up");

    process(pod).destroyForcibly();

    Pod failed = cluster.awaitPhase("victim", "Failed");
    assertThat(TinyPods.terminated(failed).getExitCode()).isEqualTo(137);
  }

  @Test
  void endsWhatAContainerLeftRunning() {
    Path pid = directory.resolve("orphan");
    cluster.create(shell("parent", "sleep 60 & echo $! > " + pid));

    cluster.awaitPhase("parent", "Succeeded");

    Awaitility.await().until(() -> hasEnded(Long.parseLong(Files.readString(pid).strip())));
  }

  @Test
  void killsAContainerThatUsesMoreMemoryThanItMay() {
    cluster.create(
        TinyPods.edited(
            shell("greedy", "x=aaaaaaaaaaaaaaaa; while :; do x=$x$x; sleep 0.1; done"),
            spec ->
                spec.editFirstContainer()
                    .withNewResources()
                    .addToLimits("memory", new Quantity("32Mi"))
                    .endResources()
                    .endContainer()));

    Pod pod = cluster.awaitPhase("greedy", "Failed");

    assertThat(TinyPods.terminated(pod).getReason()).isEqualTo("OOMKilled");
    assertThat(TinyPods.terminated(pod).getExitCode()).isEqualTo(137);
  }

  @Test
  void adoptsContainersThatOutliveTheNode() throws IOException {
    Path runs = directory.resolve("runs");
    String script =
        "echo run >> "
            + runs
            + "; while [ ! -e "
            + directory
            + "/go ]; do sleep 0.1; done; echo end";
    cluster.create(shell("survivor", script));
    cluster.create(shell("ended-meanwhile", "echo up; sleep 0.5; exit 4"));
    Pod deleted = cluster.create(shell("deleted-meanwhile", "echo up; exec sleep 60"));
    cluster.awaitPhase("survivor", "Running");
    cluster.awaitPhase("ended-meanwhile", "Running");
    awaitLog("survivor", "");
    awaitLog("deleted-meanwhile", "up");
    ProcessHandle orphan = process(deleted);
    cluster.stopNode();
    pods().withName("deleted-meanwhile").withGracePeriod(0).delete();
    Awaitility.await().until(() -> Files.exists(exitFile("ended-meanwhile")));

    cluster.startNode();

    assertThat(TinyPods.terminated(cluster.awaitPhase("ended-meanwhile", "Failed")).getExitCode())
        .isEqualTo(4);
    Awaitility.await().until(() -> !orphan.isAlive());
    Files.createFile(directory.resolve("go"));
    cluster.awaitPhase("survivor", "Succeeded");
    assertThat(cluster.log("survivor")).isEqualTo("end\n");
    assertThat(runs).hasContent("run\n");
  }

  private static Path exitFile(String name) {
    return cluster.podDirectory(pods().withName(name).get()).resolve("containers/main/exit");
  }

  private static ProcessHandle process(Pod pod) {
    Path pid = cluster.podDirectory(pod).resolve("containers/main/pid");
    return Awaitility.await()
        .ignoreExceptions()
        .until(
            () -> ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow(),
            ProcessHandle::isAlive);
  }

  // A process that its parent has not collected yet is still there, but has no command any more.
  private static boolean hasEnded(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().command()).isEmpty();
  }

  private static void awaitLog(String name, String text) {
    Awaitility.await().ignoreExceptions().until(() -> cluster.log(name).contains(text));
  }

  private static NonNamespaceOperation<Pod, PodList, PodResource> pods() {
    return cluster.client().pods().inNamespace(cluster.namespace());
  }

  private static void configMap(String name, Map<String, String> data) {
    cluster
        .client()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(cluster.namespace())
                .endMetadata()
                .withData(data)
                .build())
        .create();
  }

  private static void secret(String name, Map<String, String> data) {
    cluster
        .client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(cluster.namespace())
                .endMetadata()
                .withStringData(data)
                .build())
        .create();
  }

  private static Pod shell(String name, String script) {
    return TinyPods.shell(cluster.nodeName(), name, script);
  }
}
