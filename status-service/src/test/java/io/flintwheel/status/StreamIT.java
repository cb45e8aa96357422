package io.flintwheel.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flintwheel.events.job.ExecutorChanged;
import io.flintwheel.events.job.ExecutorState;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobRunning;
import io.flintwheel.events.job.JobSucceeded;
import io.flintwheel.events.job.PodRef;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Server-sent events. */
@QuarkusTest
@OnStatusService
class StreamIT {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final String id = Jobs.newId();
  private final PodRef driver = PodRef.of(id + "-driver", "uid-" + id);
  private final JobTopics topics = new JobTopics();

  @BeforeEach
  void request() throws Exception {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    topics.requested(id, JobTopics.UNWATCHED, Map.of());
    Jobs.awaitState(id, "REQUESTED");
  }

  @AfterEach
  void close() {
    topics.close();
  }

  @Test
  void tellsOneJobFromNowToItsEndAndEnds() throws Exception {
    try (EventStream stream = EventStream.open("/api/v1/jobs/" + id + "/stream", null)) {
      await().until(() -> stream.states(id).contains("REQUESTED"));

      runs();
      await().until(() -> stream.states(id).contains("RUNNING"));
      succeeds();

      await().until(stream::hasEnded);
      assertThat(stream.states(id)).containsExactly("REQUESTED", "RUNNING", "SUCCEEDED");
    }
  }

  @Test
  void tellsTheEndOfExecutorsThatOutliveTheirDriver() throws Exception {
    executorIs(ExecutorState.RUNNING);
    try (EventStream stream = EventStream.open("/api/v1/jobs/" + id + "/stream", null)) {
      succeeds();
      await().until(() -> stream.states(id).contains("SUCCEEDED"));
      assertThat(stream.hasEnded()).isFalse();

      executorIs(ExecutorState.SUCCEEDED);

      await().until(stream::hasEnded);
      List<String> documents = stream.data();
      assertThat(JsonPath.from(documents.get(documents.size() - 1)).getList("executors.state"))
          .isEqualTo(List.of("SUCCEEDED"));
    }
  }

  @Test
  void goesOnAfterTheLastEventThatAClientHasSeen() throws Exception {
    long seen;
    try (EventStream stream = EventStream.open("/api/v1/jobs/" + id + "/stream", null)) {
      await().until(() -> !stream.ids().isEmpty());
      seen = stream.ids().get(0);
    }
    runs();
    succeeds();
    Jobs.awaitState(id, "SUCCEEDED");

    try (EventStream stream =
        EventStream.open("/api/v1/jobs/" + id + "/stream", Long.toString(seen))) {
      await().until(stream::hasEnded);

      assertThat(stream.states(id)).containsExactly("SUCCEEDED");
      assertThat(stream.ids()).allMatch(number -> number > seen);
    }
  }

  @Test
  void tellsAClientThatHasSeenTheEndNotToComeBack() throws Exception {
    succeeds();
    Jobs.awaitState(id, "SUCCEEDED");
    long last;
    try (EventStream stream = EventStream.open("/api/v1/jobs/" + id + "/stream", null)) {
      await().until(stream::hasEnded);
      last = stream.ids().get(stream.ids().size() - 1);
    }

    try (EventStream stream =
        EventStream.open("/api/v1/jobs/" + id + "/stream", Long.toString(last))) {
      assertThat(stream.status()).isEqualTo(204);
    }
  }

  @Test
  void tellsAllJobsOpenOnesFirst() throws Exception {
    String other = Jobs.newId();
    try (EventStream stream = EventStream.open("/api/v1/jobs/stream", null)) {
      await().until(() -> stream.states(id).equals(List.of("REQUESTED")));

      topics.requested(other, JobTopics.UNWATCHED, Map.of());
      runs();

      await().until(() -> stream.states(other).contains("REQUESTED"));
      await().until(() -> stream.states(id).contains("RUNNING"));
      assertThat(stream.hasEnded()).isFalse();
    }
  }

  @Test
  void tellsAllOpenJobsHoweverMany() throws Exception {
    int many = 620;
    topics.publishAll(
        IntStream.range(0, many)
            .mapToObj(i -> JobTopics.request(id + "-" + i, JobTopics.UNWATCHED, Map.of("many", id)))
            .toList());
    Jobs.awaitState(id + "-" + (many - 1), "REQUESTED");
    await()
        .until(
            () ->
                RestAssured.get("/api/v1/jobs?limit=500&label=many=" + id)
                        .jsonPath()
                        .getString("nextCursor")
                    != null);

    try (EventStream stream = EventStream.open("/api/v1/jobs/stream", null)) {
      await()
          .untilAsserted(
              () ->
                  assertThat(stream.data())
                      .filteredOn(document -> document.contains("\"many\":\"" + id))
                      .hasSize(many));

      assertThat(stream.ids()).isSorted();
    }
  }

  @Test
  void resumesTheStreamOfAllJobsWithoutLosingAChange() throws Exception {
    long seen;
    try (EventStream stream = EventStream.open("/api/v1/jobs/stream", null)) {
      await().until(() -> !stream.states(id).isEmpty());
      seen = stream.ids().get(stream.ids().size() - 1);
    }
    runs();
    Jobs.awaitState(id, "RUNNING");

    try (EventStream stream = EventStream.open("/api/v1/jobs/stream", Long.toString(seen))) {
      await().until(() -> stream.states(id).contains("RUNNING"));

      assertThat(stream.ids()).allMatch(number -> number > seen).isSorted();
    }
  }

  @Test
  void beginsAnewForAClientOfADatabaseThatIsNoMore() throws Exception {
    try (EventStream stream = EventStream.open("/api/v1/jobs/stream", "9000000000000000000")) {
      await().until(() -> stream.states(id).contains("REQUESTED"));
    }
  }

  @Test
  void saysNowAndThenThatItIsAlive() throws Exception {
    try (EventStream stream = EventStream.open("/api/v1/jobs/" + id + "/stream", null)) {
      await().until(() -> stream.comments() > 0);
    }
  }

  @Test
  void refusesALastEventIdThatIsNoNumber() throws Exception {
    try (EventStream stream = EventStream.open("/api/v1/jobs/" + id + "/stream", "abc")) {
      assertThat(stream.status()).isEqualTo(400);
    }
  }

  private void runs() throws Exception {
    topics.publish(new JobRunning(new JobId(id), JobTopics.UNWATCHED, 1, driver, NOON));
  }

  private void executorIs(ExecutorState state) throws Exception {
    topics.publish(
        new ExecutorChanged(
            new JobId(id),
            JobTopics.UNWATCHED,
            1,
            "1",
            PodRef.of(id + "-exec-1", "uid-" + id + "-1"),
            state,
            null));
  }

  private void succeeds() throws Exception {
    topics.publish(
        new JobSucceeded(new JobId(id), JobTopics.UNWATCHED, 1, driver, NOON, NOON.plusSeconds(9)));
  }
}
