package io.flintwheel.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a container finds when it starts: files and environment. */
class ContainerInputIT extends RunningNode {

  @Test
  void findsTheProgramsOfTheNodesOwnPath() {
    cluster().create(shell("path", "echo $PATH"));

    cluster().awaitPhase("path", "Succeeded");
    assertThat(cluster().log("path").strip()).endsWith("/bin:" + System.getenv("PATH"));
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

    cluster().create(pod);

    cluster().awaitPhase("volumes", "Succeeded");
    assertThat(cluster().log("volumes")).isEqualTo("hellohunter2volumesdatax\ntoken\n");
  }

  @Test
  void givesFilesTheModesThatThePodAsksFor() {
    secret("modes", Map.of("key", "k", "open", "o"));
    Pod pod =
        TinyPods.edited(
            shell("modes", "stat -L -c %a /etc/modes/key /etc/modes/open; ls /scratch"),
            spec ->
                spec.addNewVolume()
                    .withName("modes")
                    .withNewSecret()
                    .withSecretName("modes")
                    .withDefaultMode(0400)
                    .addNewItem("key", null, "key")
                    .addNewItem("open", 0444, "open")
                    .endSecret()
                    .endVolume()
                    .addNewVolume()
                    .withName("scratch")
                    .withNewEmptyDir()
                    .endEmptyDir()
                    .endVolume()
                    .editFirstContainer()
                    .addNewVolumeMount()
                    .withName("modes")
                    .withMountPath("/etc/modes")
                    .endVolumeMount()
                    .addNewVolumeMount()
                    .withName("scratch")
                    .withMountPath("/scratch")
                    .withSubPath("made/for/this")
                    .endVolumeMount()
                    .endContainer());

    cluster().create(pod);

    cluster().awaitPhase("modes", "Succeeded");
    assertThat(cluster().log("modes")).isEqualTo("400\n444\n");
  }

  /** Spark gives the mounts of its configuration's volumes all fields, most of them empty. */
  @Test
  void mountsAVolumeAsSparkWritesIt() {
    Pod pod =
        TinyPods.edited(
            shell("spark-mount", "echo x > /tmp/scratch/y; cat /tmp/scratch/y"),
            spec ->
                spec.addNewVolume()
                    .withName("scratch")
                    .withNewEmptyDir()
                    .withMedium("")
                    .endEmptyDir()
                    .endVolume()
                    .editFirstContainer()
                    .addNewVolumeMount()
                    .withName("scratch")
                    .withMountPath("/tmp/scratch")
                    .withReadOnly(false)
                    .withSubPath("")
                    .withSubPathExpr("")
                    .endVolumeMount()
                    .endContainer());

    cluster().create(pod);

    cluster().awaitPhase("spark-mount", "Succeeded");
    assertThat(cluster().log("spark-mount")).isEqualTo("x\n");
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

    cluster().create(pod);

    Pod done = cluster().awaitPhase("environment", "Succeeded");
    String node = cluster().nodeName();
    assertThat(cluster().log("environment"))
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
  void startsOnceAMissingConfigMapComes() {
    cluster()
        .create(
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
        cluster()
            .await(
                "patient",
                "waits",
                pod ->
                    !pod.getStatus().getContainerStatuses().isEmpty()
                        && TinyPods.status(pod).getState().getWaiting() != null
                        && TinyPods.status(pod).getState().getWaiting().getMessage() != null);

    configMap("late", Map.of("word", "there"));

    assertThat(TinyPods.status(waiting).getState().getWaiting().getMessage())
        .contains("configmap \"late\" not found");
    cluster().awaitPhase("patient", "Succeeded");
    assertThat(cluster().log("patient")).isEqualTo("there");
  }

  @Test
  void saysNothingOfAConfigMapThatComesRightAfterThePod() {
    Pod pod =
        cluster()
            .create(
                TinyPods.edited(
                    shell("owner", "cat /etc/soon/word"),
                    spec ->
                        spec.addNewVolume()
                            .withName("soon")
                            .withNewConfigMap()
                            .withName("soon")
                            .endConfigMap()
                            .endVolume()
                            .editFirstContainer()
                            .addNewVolumeMount()
                            .withName("soon")
                            .withMountPath("/etc/soon")
                            .endVolumeMount()
                            .endContainer()));
    cluster()
        .await("owner", "was tried", seen -> !seen.getStatus().getContainerStatuses().isEmpty());

    configMap("soon", Map.of("word", "there"));

    cluster().awaitPhase("owner", "Succeeded");
    assertThat(
            cluster()
                .client()
                .v1()
                .events()
                .inNamespace(cluster().namespace())
                .withField("involvedObject.uid", pod.getMetadata().getUid())
                .list()
                .getItems())
        .extracting(Event::getReason)
        .contains("Started")
        .doesNotContain("FailedMount");
  }
}
