package io.flintwheel.submitter.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.submitter.TestConfig;
import io.flintwheel.submitter.kubernetes.Clusters;
import io.flintwheel.submitter.kubernetes.FakeCluster;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class KubernetesReadinessTest {

  private final FakeCluster cluster = new FakeCluster();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final KubernetesReadiness readiness =
      new KubernetesReadiness(
          Clusters.drivers(cluster, new TestConfig(Set.of("one", "other"))), registry);

  @Test
  void isNotReadyBeforeEveryNamespaceHasAnswered() {
    refuse("one");

    HealthCheckResponse response = asked();

    assertThat(response.getStatus()).isEqualTo(Status.DOWN);
    assertThat(response.getData().orElseThrow())
        .isEqualTo(
            Map.of(
                "reason",
                "the submitter is refused in namespace one",
                "namespace one",
                "pods is forbidden"));
  }

  @Test
  void staysReadyAndNamesANamespaceThatRefusesLater() {
    asked();
    refuse("one");

    HealthCheckResponse response = asked();

    assertThat(response.getStatus()).isEqualTo(Status.UP);
    assertThat(response.getData().orElseThrow())
        .isEqualTo(Map.of("namespace one", "pods is forbidden"));
    assertThat(registry.get("flintwheel.submitter.namespaces.refusing").gauge().value()).isOne();
  }

  @Test
  void isNotReadyWhenEveryNamespaceRefuses() {
    asked();
    refuse("one");
    refuse("other");

    HealthCheckResponse response = asked();

    assertThat(response.getStatus()).isEqualTo(Status.DOWN);
    assertThat(response.getData().orElseThrow())
        .containsEntry("reason", "the submitter is refused in namespace one, other");
  }

  @Test
  void isNotReadyWhileTheApiServerDoesNotAnswer() {
    asked();
    cluster.refuse("ping in one", FakeCluster.unavailable());

    HealthCheckResponse response = asked();

    assertThat(response.getStatus()).isEqualTo(Status.DOWN);
    assertThat(response.getData().orElseThrow()).containsOnlyKeys("reason");
  }

  private HealthCheckResponse asked() {
    readiness.ask();
    return readiness.call();
  }

  private void refuse(String namespace) {
    cluster.refuse(
        "ping in " + namespace, FakeCluster.refusal(403, "Forbidden", "pods is forbidden"));
  }
}
