package io.flintwheel.submitter;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flintwheel.testing.KafkaTestResource;
import io.flintwheel.testing.KubernetesTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The service starts before everything it needs. */
@QuarkusTest
@TestProfile(StartWithoutDependenciesIT.NobodyThere.class)
class StartWithoutDependenciesIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void startsDownAndRecoversByItself() throws Exception {
    String jobId = JobIds.next();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        get("/q/health/ready")
                            .jsonPath()
                            .getList("checks.findAll { it.status == 'DOWN' }.name", String.class))
                    .containsExactlyInAnyOrder("kafka", "kubernetes"));
    assertThat(get("/q/health/live").statusCode()).isEqualTo(200);

    KafkaTestResource.kafka().restart();
    KubernetesTestResource.apiServer().restart();

    try (JobTopics topics = new JobTopics()) {
      topics.publish(Requests.sparkPi(jobId));
      await().atMost(PATIENCE).until(() -> topics.factsOf(jobId).contains("submitted"));
    }
    await().atMost(PATIENCE).until(() -> get("/q/health/ready").statusCode() == 200);
  }

  /** Takes the broker and the API server away before the service starts. */
  public static final class NobodyThere implements QuarkusTestProfile {
    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(Absent.class));
    }
  }

  /** Knows their addresses all the same. */
  public static final class Absent implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
      Map<String, String> config = new HashMap<>(new KafkaTestResource().start());
      config.putAll(new KubernetesTestResource().start());
      KafkaTestResource.kafka().stop();
      KubernetesTestResource.apiServer().stop();
      return config;
    }

    @Override
    public void stop() {}
  }
}
