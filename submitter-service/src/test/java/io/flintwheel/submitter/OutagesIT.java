package io.flintwheel.submitter;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.flintwheel.events.job.JobLabels;
import io.flintwheel.testing.KafkaTestResource;
import io.flintwheel.testing.KubernetesTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The broker and the API server stumble, or go and come back. */
@QuarkusTest
@OnSubmitter
class OutagesIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final JobTopics topics = new JobTopics();
  private final String jobId = JobIds.next();

  @AfterEach
  void close() {
    KubernetesTestResource.apiServer().faults().clear();
    topics.close();
  }

  @ParameterizedTest
  @CsvSource({
    "create, pods, 429",
    "create, pods, 500",
    "create, pods, 503",
    "create, pods, 409",
    "create, configmaps, 500",
    "create, services, 503",
    "get, pods, 500",
    "*, *, 503"
  })
  void makesOneDriverInSpiteOfPassingErrors(String verb, String resource, int status)
      throws Exception {
    KubernetesTestResource.apiServer().faults().failNext(8, verb, resource, status);

    topics.publish(Requests.sparkPi(jobId));

    await().atMost(PATIENCE).until(() -> topics.factsOf(jobId).contains("submitted"));
    assertThat(topics.factsOf(jobId)).doesNotContain("submission-failed", "rejected");
    assertComplete();
  }

  @Test
  void comesBackWhenItIsToldTo() throws Exception {
    KubernetesTestResource.apiServer()
        .faults()
        .failNext(1, "create", "pods", 429, Duration.ofSeconds(1));

    topics.publish(Requests.sparkPi(jobId));

    await().atMost(PATIENCE).until(() -> topics.factsOf(jobId).contains("submitted"));
    assertComplete();
  }

  @ParameterizedTest
  @CsvSource({"pods", "configmaps", "services"})
  void findsWhatItMadeWhenTheAnswerWasLost(String resource) throws Exception {
    KubernetesTestResource.apiServer().faults().loseNextAnswers(4, "create", resource);

    topics.publish(Requests.sparkPi(jobId));

    await().atMost(PATIENCE).until(() -> topics.factsOf(jobId).contains("submitted"));
    assertComplete();
  }

  @Test
  void believesAForbiddenThatLastsAndTellsItInWords() throws Exception {
    KubernetesTestResource.apiServer().faults().failNext(40, "create", "pods", 403);

    topics.publish(Requests.sparkPi(jobId));

    await().atMost(PATIENCE).until(() -> topics.factsOf(jobId).contains("submission-failed"));
    assertThat(topics.factsOf(jobId)).containsOnly("accepted", "submission-failed");
  }

  @Test
  void leavesNothingOfADriverWhoseConfigMapIsForbidden() throws Exception {
    KubernetesTestResource.apiServer().faults().failNext(40, "create", "configmaps", 403);

    topics.publish(Requests.sparkPi(jobId));

    await().atMost(PATIENCE).until(() -> topics.factsOf(jobId).contains("submission-failed"));
    assertThat(topics.factsOf(jobId)).containsExactly("accepted", "submission-failed");
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                KubernetesTestResource.client()
                        .pods()
                        .inNamespace("default")
                        .withName(jobId + "-driver")
                        .get()
                    == null);
  }

  /** A quota that is used up is told before it is seen that the object is there. */
  @ParameterizedTest
  @ValueSource(strings = {"services", "configmaps"})
  void leavesADriverThatIsWholeAsItIsWhenItsRequestComesAgainAndItsPartsAreForbidden(
      String resource) throws Exception {
    topics.publish(Requests.sparkPi(jobId));
    await().atMost(PATIENCE).until(() -> topics.factsOf(jobId).contains("submitted"));
    KubernetesTestResource.apiServer().faults().failNext(10_000, "create", resource, 403);

    var again = topics.publish(Requests.sparkPi(jobId));

    await().atMost(PATIENCE).until(() -> topics.committed(again) > again.offset());
    assertThat(topics.factsOf(jobId)).doesNotContain("submission-failed");
    assertComplete();
  }

  @Test
  void staysReadyForTheOthersAndNamesANamespaceThatRefusesIt() {
    await().atMost(PATIENCE).until(() -> get("/q/health/ready").statusCode() == 200);

    KubernetesTestResource.apiServer().faults().failNext(10_000, "list", "pods", 403);

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                get("/q/health/ready")
                    .then()
                    .statusCode(200)
                    .body("checks.find { it.name == 'kubernetes' }.status", equalTo("UP"))
                    .body(
                        "checks.find { it.name == 'kubernetes' }.data['refused in default']",
                        notNullValue()));
  }

  @Test
  void waitsForTheApiServerWithoutLosingOrCommitting() throws Exception {
    KubernetesTestResource.apiServer().stop();
    try {
      var waiting = topics.publish(Requests.sparkPi(jobId));
      await().atMost(PATIENCE).until(() -> isDown("kubernetes"));
      assertThat(get("/q/health/live").statusCode()).isEqualTo(200);
      assertThat(topics.committed(waiting)).isLessThanOrEqualTo(waiting.offset());
    } finally {
      KubernetesTestResource.apiServer().restart();
    }

    await().atMost(PATIENCE).until(() -> topics.factsOf(jobId).contains("submitted"));
    await().atMost(PATIENCE).until(() -> get("/q/health/ready").statusCode() == 200);
    assertComplete();
  }

  @Test
  void waitsForTheBrokerAndGoesOn() throws Exception {
    KafkaTestResource.kafka().stop();
    try {
      await().atMost(PATIENCE).until(() -> isDown("kafka"));
      assertThat(get("/q/health/live").statusCode()).isEqualTo(200);
      given()
          .contentType("application/yaml")
          .body(
              ("jobId: " + jobId + "\nspec: " + Requests.SPEC_IN_ONE_LINE)
                  .getBytes(java.nio.charset.StandardCharsets.UTF_8))
          .post("/api/v1/jobs")
          .then()
          .statusCode(503)
          .contentType("application/problem+json")
          .header("Retry-After", "5");
    } finally {
      KafkaTestResource.kafka().restart();
    }

    await().atMost(PATIENCE).until(() -> get("/q/health/ready").statusCode() == 200);
    topics.publish(Requests.sparkPi(jobId));
    await().atMost(PATIENCE).until(() -> topics.factsOf(jobId).contains("submitted"));
    assertComplete();
  }

  private void assertComplete() {
    var kubernetes = KubernetesTestResource.client();
    assertThat(
            kubernetes
                .pods()
                .inNamespace("default")
                .withLabel(JobLabels.JOB_ID, jobId)
                .list()
                .getItems())
        .hasSize(1);
    assertThat(
            kubernetes
                .configMaps()
                .inNamespace("default")
                .withName(jobId + "-driver-conf-map")
                .get())
        .isNotNull();
    assertThat(kubernetes.services().inNamespace("default").withName(jobId + "-driver-svc").get())
        .isNotNull();
  }

  private static boolean isDown(String dependency) {
    return get("/q/health/ready")
        .jsonPath()
        .getList("checks.findAll { it.status == 'DOWN' }.name", String.class)
        .contains(dependency);
  }
}
