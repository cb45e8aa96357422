package io.flintwheel.submitter;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.flintwheel.events.Event;
import io.flintwheel.events.EventId;
import io.flintwheel.events.job.JobCancelRequested;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobLabels;
import io.flintwheel.events.job.JobMessage;
import io.flintwheel.submitter.review.Reviewers;
import io.flintwheel.submitter.spark.DriverBuilder;
import io.flintwheel.testing.KubernetesTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** From a record on Kafka to a driver on Kubernetes. */
@QuarkusTest
@OnSubmitter
@Tag("cluster")
class JobRequestsIT {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Inject DriverBuilder builder;

  private final KubernetesClient kubernetes = KubernetesTestResource.client();
  private final JobTopics topics = new JobTopics();
  private final String jobId = JobIds.next();

  @AfterEach
  void leaveNothing() {
    topics.close();
    kubernetes
        .pods()
        .inNamespace("default")
        .withLabel(JobLabels.JOB_ID, jobId)
        .withGracePeriod(0)
        .delete();
  }

  @Test
  void makesDriverConfigurationAndServiceOfARequest() throws Exception {
    topics.publish(Requests.sparkPi(jobId));

    await().atMost(PATIENCE).until(() -> topics.factsOf(jobId).contains("submitted"));
    assertThat(topics.factsOf(jobId)).containsExactly("accepted", "submitted");
    Pod pod = pod();
    assertThat(pod.getMetadata().getLabels())
        .containsEntry(JobLabels.JOB_ID, jobId)
        .containsEntry(JobLabels.ATTEMPT, "1")
        .containsEntry(JobLabels.MANAGED_BY, "flintwheel");
    assertThat(configMap().getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(owner -> assertThat(owner.getUid()).isEqualTo(pod.getMetadata().getUid()));
    assertThat(service().getSpec().getClusterIP()).isEqualTo("None");
    assertThat(service().getMetadata().getOwnerReferences()).hasSize(1);
  }

  @Test
  void makesOneDriverWhenTheRequestIsDeliveredThreeTimes() throws Exception {
    for (int delivery = 0; delivery < 3; delivery++) {
      topics.publish(Requests.sparkPi(jobId));
    }

    await()
        .atMost(PATIENCE)
        .until(() -> topics.factsOf(jobId).stream().filter("submitted"::equals).count() == 3);
    assertThat(topics.distinctFactsOf(jobId)).isEqualTo(2);
    assertThat(drivers()).hasSize(1);
  }

  @Test
  void leavesAJobUntouchedWhenItsIdComesWithAnotherSpecification() throws Exception {
    topics.publish(Requests.sparkPi(jobId));
    var second =
        topics.publish(Requests.withSpec(jobId, Requests.SPEC.replace("spark:4.1.1", "other:1")));

    await().atMost(PATIENCE).until(() -> !topics.deadLettersOf(second).isEmpty());
    await().atMost(PATIENCE).until(() -> topics.factsOf(jobId).contains("conflicted"));
    assertThat(topics.deadLettersOf(second))
        .singleElement()
        .satisfies(
            letter ->
                assertThat(JobTopics.header(letter, "dead-letter-reason")).isEqualTo("CONFLICTED"));
    assertThat(pod().getSpec().getContainers().get(0).getImage()).isEqualTo("spark:4.1.1");
    assertThat(topics.factsOf(jobId)).doesNotContain("rejected");
  }

  @Test
  void completesADriverOfWhichACrashLeftThePodAlone() throws Exception {
    var resources = builder.build(Reviewers.admitted(Requests.sparkPi(jobId)));
    Pod half = kubernetes.resource(resources.pod()).create();

    await().atMost(PATIENCE).until(() -> service() != null);

    assertThat(configMap().getData()).isEqualTo(resources.configMap().getData());
    assertThat(configMap().getMetadata().getOwnerReferences().get(0).getUid())
        .isEqualTo(half.getMetadata().getUid());
  }

  @Test
  void adoptsTheDriverWhenTheRequestOfACrashedSubmitterComesAgain() throws Exception {
    var resources = builder.build(Reviewers.admitted(Requests.sparkPi(jobId)));
    Pod half = kubernetes.resource(resources.pod()).create();

    topics.publish(Requests.sparkPi(jobId));

    await().atMost(PATIENCE).until(() -> topics.factsOf(jobId).contains("submitted"));
    assertThat(pod().getMetadata().getUid()).isEqualTo(half.getMetadata().getUid());
    assertThat(configMap()).isNotNull();
    assertThat(service()).isNotNull();
  }

  @Test
  void deletesTheDriverOfACancelledJobAndDoesNotBringItBack() throws Exception {
    topics.publish(Requests.sparkPi(jobId));
    await().atMost(PATIENCE).until(() -> topics.factsOf(jobId).contains("submitted"));

    topics.publish(cancel());

    await().atMost(PATIENCE).until(() -> drivers().isEmpty());
    var again = topics.publish(Requests.sparkPi(jobId));
    await().atMost(PATIENCE).until(() -> topics.committed(again) > again.offset());
    assertThat(drivers()).isEmpty();
    assertThat(topics.factsOf(jobId)).doesNotHaveDuplicates();
  }

  @Test
  void cancelsInTheOrderOfTheTopic() throws Exception {
    topics.publish(Requests.sparkPi(jobId));
    await().atMost(PATIENCE).until(() -> topics.factsOf(jobId).contains("submitted"));

    var cancel = topics.publish(cancel());

    await().atMost(PATIENCE).until(() -> topics.committed(cancel) > cancel.offset());
    await().atMost(PATIENCE).until(() -> drivers().isEmpty());
    assertThat(topics.factsOf(jobId)).containsExactly("accepted", "submitted");
  }

  /** It may be heard before the driver is made, or while, or after. */
  @Test
  void leavesNoDriverOfARequestThatIsCancelledAtOnce() throws Exception {
    topics.publish(Requests.sparkPi(jobId));
    var cancel = topics.publish(cancel());

    await().atMost(PATIENCE).until(() -> topics.committed(cancel) > cancel.offset());

    await().atMost(PATIENCE).until(() -> drivers().isEmpty());
    assertThat(topics.factsOf(jobId)).isNotEmpty().isSubsetOf("accepted", "submitted", "cancelled");
  }

  @Test
  void tellsTheCancellationOfAJobThatHasNoDriver() throws Exception {
    topics.publish(cancel());

    await().atMost(PATIENCE).until(() -> topics.factsOf(jobId).contains("cancelled"));

    assertThat(topics.factsOf(jobId)).containsExactly("cancelled");
  }

  @Test
  void runsAJobThatCameOverHttpOnceForOneKey() {
    String body = "jobId: " + jobId + "\nspec: " + Requests.SPEC_IN_ONE_LINE;
    for (int i = 0; i < 2; i++) {
      given()
          .contentType("application/yaml")
          .header("Idempotency-Key", "key-of-" + jobId)
          .body(body.getBytes(StandardCharsets.UTF_8))
          .post("/api/v1/jobs")
          .then()
          .statusCode(202);
    }

    await()
        .atMost(PATIENCE)
        .until(() -> topics.factsOf(jobId).stream().filter("submitted"::equals).count() == 2);

    assertThat(drivers()).hasSize(1);
  }

  @Test
  void leavesNothingOfARefusedRequestHoweverItComes() throws Exception {
    String spec = Requests.SPEC_IN_ONE_LINE.replace("driver: {}", "driver: {hostNetwork: true}");
    long requests = topics.requests();
    given()
        .contentType("application/yaml")
        .body(("{jobId: " + jobId + ", spec: " + spec + "}").getBytes(StandardCharsets.UTF_8))
        .post("/api/v1/jobs")
        .then()
        .statusCode(422);
    assertThat(topics.requests()).isEqualTo(requests);

    topics.publish(Requests.ofYaml("{jobId: " + jobId + ", spec: " + spec + "}"));

    await().atMost(PATIENCE).until(() -> topics.factsOf(jobId).contains("rejected"));
    assertThat(topics.factsOf(jobId)).containsExactly("rejected");
    assertThat(pod()).isNull();
    assertThat(configMap()).isNull();
    assertThat(service()).isNull();
  }

  private Event<JobMessage> cancel() {
    return new Event<>(
        EventId.of("cancel", jobId),
        URI.create("urn:flintwheel:test:tests"),
        Instant.parse("2026-03-01T10:00:00Z"),
        new JobCancelRequested(new JobId(jobId), "a test"));
  }

  private List<Pod> drivers() {
    return kubernetes
        .pods()
        .inNamespace("default")
        .withLabel(JobLabels.JOB_ID, jobId)
        .list()
        .getItems();
  }

  private Pod pod() {
    return kubernetes.pods().inNamespace("default").withName(jobId + "-driver").get();
  }

  private ConfigMap configMap() {
    return kubernetes
        .configMaps()
        .inNamespace("default")
        .withName(jobId + "-driver-conf-map")
        .get();
  }

  private Service service() {
    return kubernetes.services().inNamespace("default").withName(jobId + "-driver-svc").get();
  }
}
