package io.flintwheel.status;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.flintwheel.events.job.ExecutorChanged;
import io.flintwheel.events.job.ExecutorState;
import io.flintwheel.events.job.Failure;
import io.flintwheel.events.job.FailureClass;
import io.flintwheel.events.job.JobAccepted;
import io.flintwheel.events.job.JobCancelRequested;
import io.flintwheel.events.job.JobFailed;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobPending;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.JobSpec;
import io.flintwheel.events.job.PodRef;
import io.flintwheel.events.job.Problem;
import io.flintwheel.events.schedule.ScheduleId;
import io.flintwheel.events.schedule.TickKind;
import io.flintwheel.events.schedule.TickRef;
import io.flintwheel.local.apiserver.LocalApiServer;
import io.flintwheel.local.node.ProcessNode;
import io.flintwheel.local.node.ProcessNodeConfig;
import io.flintwheel.testing.KubernetesTestResource;
import io.flintwheel.testing.OpenApiContract;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is answered is what the OpenAPI document says. */
@QuarkusTest
@OnStatusService
class OpenApiIT {

  private static final String JOBS = "/api/v1/jobs";
  private static final String LIST = "GET /api/v1/jobs";
  private static final String ALL = "GET /api/v1/jobs/stream";
  private static final String ONE = "GET /api/v1/jobs/{jobId}";
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static ProcessNode node;

  private final String id = Jobs.newId();
  private final JobId jobId = new JobId(id);
  private final PodRef driver = new PodRef(id + "-driver", "uid-" + id, "10.0.0.1", "node-1");

  @BeforeAll
  static void startNode(@TempDir Path directory) throws Exception {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    LocalApiServer server = KubernetesTestResource.apiServer();
    Path image = Path.of(System.getProperty("flintwheel.root"), "local-image/target/image");
    node =
        ProcessNode.start(
            ProcessNodeConfig.of(
                server.kubeconfig(),
                server.caCertificate().getParent(),
                image,
                directory.resolve("work")));
  }

  @AfterAll
  static void stopNode() {
    node.close();
  }

  @Test
  void describesNumbersOfAQueryAsNumbers() {
    var document = get("/q/openapi?format=JSON").then().statusCode(200);

    document
        .body(
            "paths.'/api/v1/jobs'.get.parameters.find { it.name == 'limit' }.schema.type",
            equalTo("integer"))
        .body(
            "paths.'/api/v1/jobs/{jobId}/logs'.get.parameters.find { it.name == 'follow' }.schema.type",
            equalTo("boolean"));
  }

  @Test
  void describesEveryAnswer() throws Exception {
    requestAndWait();
    String path = JOBS + "/" + id;
    OpenApiContract contract = OpenApiContract.served();
    contract.answers(ONE, get(path));
    endsBadly();

    contract.answers(LIST, get(JOBS + "?limit=1"));
    contract.answers(LIST, get(JOBS + "?label=of=" + id));
    contract.answers(LIST, get(JOBS + "?stat=x"));
    contract.answers(ONE, get(path));
    contract.answers(ONE, get(JOBS + "/nobody"));
    contract.answers(ONE + "/events", get(path + "/events"));
    contract.answers(ONE + "/events", get(path + "/events?after=x"));
    contract.answers(ONE + "/logs", get(path + "/logs"));
    contract.answers(ALL, head(JOBS + "/stream"));
    contract.answers(ALL, given().header("Last-Event-ID", "x").get(JOBS + "/stream"));
    contract.answers(ONE + "/stream", head(path + "/stream"));
    contract.answers(ONE + "/stream", get(JOBS + "/nobody/stream"));
    List<String> documents = streamed(path);
    documents.forEach(document -> contract.is("JobDocument", document));
    contract.answers(
        ONE + "/stream", given().header("Last-Event-ID", lastChange(path)).get(path + "/stream"));
    String logged = logged();
    contract.answers(ONE, get(JOBS + "/" + logged));
    contract.answers(ONE + "/logs", get(JOBS + "/" + logged + "/logs"));

    assertThat(documents).isNotEmpty();
    assertThat(contract.unchecked()).isEmpty();
  }

  private void requestAndWait() throws Exception {
    try (JobTopics topics = new JobTopics()) {
      topics.publish(
          new JobRequested(
              jobId,
              JobTopics.UNWATCHED,
              Map.of("of", id),
              1,
              null,
              new TickRef(new ScheduleId("nightly"), NOON, TickKind.MANUAL),
              JobSpec.of(JsonNodeFactory.instance.objectNode())));
      topics.publish(
          new JobAccepted(
              jobId, JobTopics.UNWATCHED, 1, List.of(new Problem("spec.typo", "unknown", "type"))));
      topics.publish(
          new JobPending(jobId, JobTopics.UNWATCHED, 1, driver, "ImagePullBackOff", "waits"));
    }
    Jobs.awaitState(id, "PENDING");
  }

  private void endsBadly() throws Exception {
    Failure failure = new Failure(FailureClass.OOM_KILLED, 137, "OOMKilled", "too much", "more");
    try (JobTopics topics = new JobTopics()) {
      topics.publish(new JobCancelRequested(jobId, "enough"));
      topics.publish(
          new ExecutorChanged(
              jobId, JobTopics.UNWATCHED, 1, "1", driver, ExecutorState.FAILED, failure));
      topics.publish(
          new JobFailed(jobId, JobTopics.UNWATCHED, 1, driver, NOON, NOON.plusSeconds(9), failure));
    }
    Jobs.awaitState(id, "FAILED");
    await().until(() -> Jobs.get(id).getList("executors").size() == 1);
    await().until(() -> Jobs.get(id).get("cancellation.reason") != null);
  }

  private static List<String> streamed(String path) throws Exception {
    try (EventStream stream = EventStream.open(path + "/stream", null)) {
      await().until(stream::hasEnded);
      return stream.data();
    }
  }

  private static String lastChange(String path) throws Exception {
    try (EventStream stream = EventStream.open(path + "/stream", null)) {
      await().until(stream::hasEnded);
      return stream.ids().get(stream.ids().size() - 1).toString();
    }
  }

  /** The id of a job whose driver wrote something and failed. */
  private static String logged() {
    String logged = Jobs.newId();
    new FakeKubelet(KubernetesTestResource.client()).createShellDriver(logged, "echo one; exit 3");
    Jobs.awaitState(logged, "FAILED");
    await().until(() -> get(JOBS + "/" + logged + "/logs").statusCode() == 200);
    return logged;
  }
}
