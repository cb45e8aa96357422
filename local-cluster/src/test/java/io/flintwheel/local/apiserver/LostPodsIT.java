package io.flintwheel.local.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server that starts again tells of the pods that the one before it had. */
class LostPodsIT {

  private static final String STARTED = "2026-01-02T03:04:05Z";

  @TempDir private Path directory;
  private LocalApiServer server;
  private KubernetesClient client;

  @BeforeEach
  void start() {
    server = LocalApiServer.start(directory, 0);
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(server.kubeconfig().toFile()))
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void tellsOfAPodThatRanThatItsClusterEnded() {
    Pod before = create("driver");
    status(before, "Running");

    startAgain();

    Pod after = get("driver");
    assertThat(after.getMetadata().getUid()).isEqualTo(before.getMetadata().getUid());
    assertThat(after.getStatus().getPhase()).isEqualTo("Failed");
    assertThat(after.getStatus().getReason()).isEqualTo("NodeLost");
    assertThat(after.getStatus().getMessage())
        .startsWith("The local cluster was stopped or killed");
    ContainerStateTerminated end =
        after.getStatus().getContainerStatuses().get(0).getState().getTerminated();
    assertThat(end.getReason()).isEqualTo("ContainerStatusUnknown");
    assertThat(end.getStartedAt()).isEqualTo(STARTED);
  }

  @Test
  void bringsBackWhatAPodOwnsInANamespaceOfTheUser() {
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName("own").endMetadata().build())
        .create();
    Pod driver = client.pods().inNamespace("own").resource(pod("driver")).create();
    Pod executor =
        new PodBuilder(pod("executor"))
            .editMetadata()
            .addToOwnerReferences(
                new OwnerReferenceBuilder()
                    .withApiVersion("v1")
                    .withKind("Pod")
                    .withName("driver")
                    .withUid(driver.getMetadata().getUid())
                    .build())
            .endMetadata()
            .build();
    client.pods().inNamespace("own").resource(executor).create();

    startAgain();

    assertThat(client.pods().inNamespace("own").list().getItems())
        .extracting(each -> each.getMetadata().getName() + " " + each.getStatus().getPhase())
        .containsExactly("driver Failed", "executor Failed");
  }

  @Test
  void forgetsPodsThatHadEndedOrWereDeleted() {
    status(create("done"), "Succeeded");
    create("deleted");
    client.pods().inNamespace("default").withName("deleted").withGracePeriod(0).delete();

    startAgain();

    assertThat(client.pods().inAnyNamespace().list().getItems()).isEmpty();
  }

  @Test
  void forgetsALostPodAtTheNextStart() {
    create("driver");
    startAgain();

    startAgain();

    assertThat(client.pods().inAnyNamespace().list().getItems()).isEmpty();
  }

  @Test
  void startsAlthoughAPodCannotBeRead() throws IOException {
    create("driver");
    stop();
    Files.writeString(directory.resolve("pods/spoilt.json"), "{\"metadata\": ");

    start();

    assertThat(get("driver").getStatus().getReason()).isEqualTo("NodeLost");
  }

  private void startAgain() {
    stop();
    start();
  }

  private Pod create(String name) {
    return client.pods().inNamespace("default").resource(pod(name)).create();
  }

  private Pod get(String name) {
    return client.pods().inNamespace("default").withName(name).get();
  }

  private void status(Pod pod, String phase) {
    client
        .pods()
        .inNamespace("default")
        .resource(
            new PodBuilder(pod)
                .editStatus()
                .withPhase(phase)
                .withContainerStatuses(
                    List.of(
                        new ContainerStatusBuilder()
                            .withName("main")
                            .withImage("any")
                            .withImageID("")
                            .withReady(true)
                            .withRestartCount(0)
                            .withNewState()
                            .withNewRunning(STARTED)
                            .endState()
                            .build()))
                .endStatus()
                .build())
        .updateStatus();
  }

  private static Pod pod(String name) {
    return new PodBuilder()
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
        .build();
  }
}
