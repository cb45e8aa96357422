package io.flintwheel.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.flintwheel.testing.KafkaTestResource;
import io.flintwheel.testing.KubernetesTestResource;
import io.flintwheel.testing.PostgresTestResource;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service is started too early, and killed. */
class ServiceProcessIT {

  private final FakeKubelet kubelet = new FakeKubelet(KubernetesTestResource.client());
  private final String id = Jobs.newId();

  @BeforeAll
  static void startOutsideSystems() {
    KafkaTestResource.kafka();
    KubernetesTestResource.apiServer();
    PostgresTestResource.postgres().createDatabase("flintwheel_status");
  }

  @Test
  void startsWithoutItsOutsideSystemsAndTakesUpWorkWhenTheyCome(@TempDir Path directory)
      throws Exception {
    KafkaTestResource.kafka().stop();
    PostgresTestResource.postgres().stop();
    KubernetesTestResource.apiServer().stop();
    try (ServiceProcess service = ServiceProcess.start(directory)) {
      service.isAsked();
      Health.awaitDown("kafka", "postgresql", "kubernetes");

      KubernetesTestResource.apiServer().restart();
      PostgresTestResource.postgres().restart();
      KafkaTestResource.kafka().restart();

      Health.awaitReady();
      kubelet.runs(kubelet.createDriver(id));
      Jobs.awaitState(id, "RUNNING");
    }
  }

  @Test
  void startsAndSaysThatKafkaIsAwayWhenItsNameDoesNotResolve(@TempDir Path directory)
      throws Exception {
    try (ServiceProcess service = ServiceProcess.start(directory, "kafka.nowhere.invalid:9092")) {
      service.isAsked();

      Health.awaitDown("kafka");
    }
  }

  @Test
  void tellsWhatHappenedWhileItWasDead(@TempDir Path directory) throws Exception {
    String lost = id + "-b";
    String missed = id + "-c";
    try (ServiceProcess service = ServiceProcess.start(directory)) {
      service.isAsked();
      Health.awaitReady();
      Pod driver = kubelet.createDriver(id);
      kubelet.runs(driver);
      Jobs.awaitState(id, "RUNNING");
      Pod vanishing = kubelet.createDriver(lost);
      kubelet.runs(vanishing);
      Jobs.awaitState(lost, "RUNNING");

      service.kill();
      kubelet.succeeds(driver);
      kubelet.vanishes(vanishing);
      kubelet.succeeds(kubelet.createDriver(missed));
      service.restart();

      Jobs.awaitState(id, "SUCCEEDED");
      Jobs.awaitState(lost, "LOST");
      Jobs.awaitState(missed, "SUCCEEDED");
      assertThat(Jobs.eventTypes(id)).containsOnlyOnce("running", "succeeded");
    }
  }
}
