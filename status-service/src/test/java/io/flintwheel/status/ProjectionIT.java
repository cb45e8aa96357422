package io.flintwheel.status;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.flintwheel.events.Event;
import io.flintwheel.events.EventId;
import io.flintwheel.events.Topics;
import io.flintwheel.events.job.ExecutorChanged;
import io.flintwheel.events.job.ExecutorState;
import io.flintwheel.events.job.Failure;
import io.flintwheel.events.job.FailureClass;
import io.flintwheel.events.job.JobAccepted;
import io.flintwheel.events.job.JobConflicted;
import io.flintwheel.events.job.JobFact;
import io.flintwheel.events.job.JobFailed;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobRejected;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.JobRunning;
import io.flintwheel.events.job.JobSpec;
import io.flintwheel.events.job.JobSubmissionFailed;
import io.flintwheel.events.job.JobSubmitted;
import io.flintwheel.events.job.JobSucceeded;
import io.flintwheel.events.job.PodRef;
import io.flintwheel.events.job.Problem;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From the job topics to what the API tells. */
@QuarkusTest
@OnStatusService
class ProjectionIT {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final String id = Jobs.newId();
  private final JobId jobId = new JobId(id);
  private final PodRef driver = PodRef.of(id + "-driver", "uid-" + id);
  private final JobTopics topics = new JobTopics();

  @AfterEach
  void close() {
    topics.close();
  }

  @Test
  void endsTheSameWhenFactsComeTwiceAndInAnyOrder() throws Exception {
    List<JobFact> facts = new ArrayList<>(happyPath());
    facts.addAll(happyPath());
    Collections.shuffle(facts, new Random(7));

    for (JobFact fact : facts) {
      topics.publish(fact);
    }

    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(Jobs.eventTypes(id)).hasSize(4));
    JsonPath job = Jobs.get(id);
    assertThat(job.getString("state")).isEqualTo("SUCCEEDED");
    assertThat(job.getString("attempts[0].applicationId")).isEqualTo("spark-1");
    assertThat(job.getString("startedAt")).isEqualTo("2026-01-01T12:00:05Z");
    assertThat(job.getString("finishedAt")).isEqualTo("2026-01-01T12:01:00Z");
  }

  @Test
  void tellsTheTimelineWithoutTheSpecification() throws Exception {
    topics.requested(id, JobTopics.UNWATCHED, Map.of());

    Jobs.awaitState(id, "REQUESTED");

    get("/api/v1/jobs/" + id + "/events")
        .then()
        .body("events[0].type", equalTo("io.flintwheel.job.requested.v1"))
        .body("events[0].data.spec", equalTo(null))
        .body("events[0].data.specDigest.length()", equalTo(64));
  }

  @Test
  void tellsOfTwoJobsWhoseRequestsHaveOneEventId() throws Exception {
    EventId same = new EventId("same-" + id);
    JobId second = new JobId(id + "-b");

    for (JobId job : List.of(jobId, second)) {
      topics.publish(
          new Event<>(
              same,
              URI.create("urn:test:publisher"),
              NOON,
              JobRequested.of(
                  job, JobTopics.UNWATCHED, JobSpec.of(JsonNodeFactory.instance.objectNode()))));
    }

    Jobs.awaitState(id, "REQUESTED");
    Jobs.awaitState(second.value(), "REQUESTED");
  }

  @Test
  void takesARequestWhoseIdsAndSourceAreAsLongAsTheContractAllows() throws Exception {
    String longId = id + "-" + "x".repeat(45 - id.length() - 1);

    topics.publish(
        new Event<>(
            new EventId(randomHan(EventId.MAX_LENGTH)),
            URI.create("urn:" + randomHan((1024 - "urn:".length()) / 3)),
            NOON,
            JobTopics.request(longId, JobTopics.UNWATCHED, Map.of())));

    Jobs.awaitState(longId, "REQUESTED");
  }

  @Test
  void isUntouchedByAConflictingRequest() throws Exception {
    topics.publish(new JobRunning(jobId, JobTopics.UNWATCHED, 1, driver, NOON));
    topics.publish(new JobConflicted(jobId, JobTopics.UNWATCHED, 1, "spec differs"));

    await().ignoreExceptions().untilAsserted(() -> assertThat(Jobs.eventTypes(id)).hasSize(2));

    assertThat(Jobs.get(id).getString("state")).isEqualTo("RUNNING");
  }

  @Test
  void tellsWhyARequestWasRejected() throws Exception {
    topics.publish(
        new JobRejected(
            jobId,
            JobTopics.UNWATCHED,
            1,
            List.of(new Problem("spec.mainClass", "is missing", "a class name")),
            Failure.of(FailureClass.POLICY, "InvalidSpec", "spec.mainClass is missing")));

    Jobs.awaitState(id, "REJECTED");

    get("/api/v1/jobs/" + id)
        .then()
        .body("problems[0].field", equalTo("spec.mainClass"))
        .body("failure.class", equalTo("POLICY"));
  }

  @Test
  void tellsWhyAnExecutorWaits() throws Exception {
    topics.publish(new JobRunning(jobId, JobTopics.UNWATCHED, 1, driver, NOON));
    topics.publish(
        new ExecutorChanged(
            jobId,
            JobTopics.UNWATCHED,
            1,
            "1",
            PodRef.of(id + "-exec-1", "uid-1" + id),
            ExecutorState.PENDING,
            null,
            "Unschedulable",
            "0/1 nodes are available: 1 Insufficient cpu."));

    Jobs.awaitState(id, "RUNNING");
    await().until(() -> !Jobs.get(id).getList("executors").isEmpty());

    get("/api/v1/jobs/" + id)
        .then()
        .body("executors[0].state", equalTo("PENDING"))
        .body("executors[0].waiting.reason", equalTo("Unschedulable"))
        .body("executors[0].waiting.message", containsString("Insufficient cpu"));
  }

  @Test
  void isFailedWhenNoDriverPodCouldBeMade() throws Exception {
    topics.publish(
        new JobSubmissionFailed(
            jobId,
            JobTopics.UNWATCHED,
            1,
            Failure.of(FailureClass.SUBMISSION, "Forbidden", "quota"),
            null));

    Jobs.awaitState(id, "FAILED");

    assertThat(Jobs.get(id).getString("failure.class")).isEqualTo("SUBMISSION");
  }

  @Test
  void goesOnAfterRecordsThatAreNoEvents() throws Exception {
    for (String rubbish : List.of("", "{", "[]", "{\"specversion\":\"1.0\"}", "\u0000")) {
      topics.publish(
          new ProducerRecord<>(Topics.JOB_EVENTS, id, rubbish.getBytes(StandardCharsets.UTF_8)));
    }

    topics.publish(new JobRunning(jobId, JobTopics.UNWATCHED, 1, driver, NOON));

    Jobs.awaitState(id, "RUNNING");
    assertThat(get("/q/metrics").asString()).contains("flintwheel_projection_skipped_total");
  }

  @Test
  void tellsAFailureWhoseWordsTheDatabaseCannotHold() throws Exception {
    Failure withNul = Failure.of(FailureClass.APPLICATION, "Error", "a\u0000b");

    topics.publish(new JobFailed(jobId, JobTopics.UNWATCHED, 1, driver, NOON, NOON, withNul));

    Jobs.awaitState(id, "FAILED");
    assertThat(Jobs.get(id).getString("failure.message")).isEqualTo("a\ufffdb");
  }

  @Test
  void takesTheBrokersTimeWhenAPublisherGivesNone() throws Exception {
    String event =
        """
        {"specversion":"1.0","id":"%s","source":"urn:me","type":"io.flintwheel.job.requested.v1",
         "data":{"jobId":"%s","spec":{}}}
        """
            .formatted(id, id);
    topics.publish(
        new ProducerRecord<>(Topics.JOB_REQUESTS, id, event.getBytes(StandardCharsets.UTF_8)));

    Jobs.awaitState(id, "REQUESTED");

    assertThat(Instant.parse(Jobs.get(id).getString("requestedAt")))
        .isAfter(Instant.now().minus(Duration.ofMinutes(10)));
  }

  @Test
  void givesOutEveryJobOnceOverAllPages() throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      ids.add(id + "-" + i);
      topics.requested(id + "-" + i, JobTopics.UNWATCHED, Map.of("page", id));
    }
    Jobs.awaitState(id + "-6", "REQUESTED");
    await()
        .untilAsserted(
            () ->
                assertThat(get("/api/v1/jobs?label=page=" + id).jsonPath().getList("jobs"))
                    .hasSize(7));

    List<String> found = new ArrayList<>();
    String cursor = null;
    do {
      JsonPath page =
          given()
              .queryParam("label", "page=" + id)
              .queryParam("limit", 3)
              .queryParams(cursor == null ? Map.of() : Map.of("cursor", cursor))
              .get("/api/v1/jobs")
              .jsonPath();
      found.addAll(page.getList("jobs.jobId", String.class));
      cursor = page.getString("nextCursor");
    } while (cursor != null);

    assertThat(found).containsExactlyInAnyOrderElementsOf(ids).doesNotHaveDuplicates();
  }

  @Test
  void givesNoCursorOnALastPageThatIsExactlyFull() throws Exception {
    for (int i = 0; i < 3; i++) {
      topics.requested(id + "-" + i, JobTopics.UNWATCHED, Map.of("full", id));
    }

    await()
        .untilAsserted(
            () -> {
              JsonPath page = get("/api/v1/jobs?limit=3&label=full=" + id).jsonPath();
              assertThat(page.getList("jobs")).hasSize(3);
              assertThat(page.getString("nextCursor")).isNull();
            });
  }

  @Test
  void givesOutALongTimelineInParts() throws Exception {
    int executors = 1005;
    topics.publishAll(IntStream.range(0, executors).mapToObj(this::executorThatEnded).toList());
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(Jobs.get(id).getList("executors")).hasSize(executors));

    JsonPath first = get("/api/v1/jobs/" + id + "/events").jsonPath();
    JsonPath second =
        get("/api/v1/jobs/" + id + "/events?after=" + first.getString("nextAfter")).jsonPath();

    assertThat(first.getList("events")).hasSize(1000);
    assertThat(second.getList("events")).hasSize(executors - 1000);
    assertThat(second.getString("nextAfter")).isNull();
  }

  @Test
  void goesOnAfterAnEventThatTheDatabaseCannotHold() throws Exception {
    Instant never = Instant.parse("+500000-01-01T00:00:00Z");
    topics.publish(new JobRunning(jobId, JobTopics.UNWATCHED, 1, driver, never));

    topics.publish(new JobRunning(jobId, JobTopics.UNWATCHED, 1, driver, NOON));

    Jobs.awaitState(id, "RUNNING");
    assertThat(Jobs.eventTypes(id)).hasSize(1);
    assertThat(get("/q/metrics").asString())
        .containsPattern("flintwheel_projection_refused_total [1-9]");
  }

  @Test
  void filtersByStateNamespaceAndLabel() throws Exception {
    topics.requested(id, JobTopics.UNWATCHED, Map.of("filter", id, "team", "a"));
    Jobs.awaitState(id, "REQUESTED");

    assertThat(
            idsOf(
                "label=filter="
                    + id
                    + "&label=team=a&state=REQUESTED&namespace="
                    + JobTopics.UNWATCHED))
        .containsExactly(id);
    assertThat(idsOf("label=filter=" + id + "&label=team=b")).isEmpty();
    assertThat(idsOf("label=filter=" + id + "&state=RUNNING,FAILED")).isEmpty();
    assertThat(idsOf("label=filter=" + id + "&namespace=other")).isEmpty();
    assertThat(idsOf("label=filter=" + id + "&schedule=nightly")).isEmpty();
  }

  @Test
  void answersBadParametersWithAProblemThatNamesThem() {
    get("/api/v1/jobs?limit=9999")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("field", equalTo("limit"))
        .body("problems[0].expected", containsString("1 to 500"));
    get("/api/v1/jobs?state=DONE").then().statusCode(400).body("field", equalTo("state"));
    for (String field : List.of("namespace", "schedule", "label", "state", "cursor", "limit")) {
      get("/api/v1/jobs?" + field + "=a%00b").then().statusCode(400).body("field", equalTo(field));
    }
    get("/api/v1/jobs/Not_An_Id").then().statusCode(400).body("field", equalTo("jobId"));
  }

  @Test
  void answersAnUnknownJobWithAProblem() {
    for (String path : List.of("", "/events", "/logs", "/stream")) {
      get("/api/v1/jobs/" + id + path)
          .then()
          .statusCode(404)
          .contentType("application/problem+json")
          .body("detail", containsString(id))
          .body("problems[0].expected", containsString("GET /api/v1/jobs"));
    }
  }

  /** Three bytes each, which the database cannot compress. */
  private static String randomHan(int length) {
    return new Random(1)
        .ints(length, 0x4e00, 0x9fff)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static List<String> idsOf(String query) {
    return get("/api/v1/jobs?" + query).jsonPath().getList("jobs.jobId", String.class);
  }

  private ExecutorChanged executorThatEnded(int number) {
    return new ExecutorChanged(
        jobId,
        JobTopics.UNWATCHED,
        1,
        Integer.toString(number),
        PodRef.of(id + "-exec-" + number, "uid-" + number + id),
        ExecutorState.SUCCEEDED,
        null);
  }

  private List<JobFact> happyPath() {
    return List.of(
        new JobAccepted(jobId, JobTopics.UNWATCHED, 1, List.of()),
        new JobSubmitted(jobId, JobTopics.UNWATCHED, 1, driver, "spark-1", null),
        new JobRunning(jobId, JobTopics.UNWATCHED, 1, driver, NOON.plusSeconds(5)),
        new JobSucceeded(
            jobId, JobTopics.UNWATCHED, 1, driver, NOON.plusSeconds(5), NOON.plusSeconds(60)));
  }
}
