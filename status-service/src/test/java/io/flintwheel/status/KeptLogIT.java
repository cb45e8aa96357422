package io.flintwheel.status;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobSucceeded;
import io.flintwheel.events.job.PodRef;
import io.flintwheel.status.projection.StatusDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a log whose pod is gone. */
@QuarkusTest
@OnStatusService
class KeptLogIT {

  private static final String INCOMPLETE = "flintwheel-log-incomplete";
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final String id = Jobs.newId();

  @Inject StatusDatabase database;

  @BeforeEach
  void runAJob() throws Exception {
    PodRef driver = new PodRef(id + "-driver", "uid-" + id, "10.0.0.1", "node-1");
    try (JobTopics topics = new JobTopics()) {
      topics.requested(id, JobTopics.UNWATCHED, Map.of());
      topics.publish(
          new JobSucceeded(
              new JobId(id), JobTopics.UNWATCHED, 1, driver, NOON, NOON.plusSeconds(9)));
    }
    Jobs.awaitState(id, "SUCCEEDED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?tail=1", "?follow=true"})
  void saysThatALogMayLackItsEndAlthoughItsJobSucceeded(String query) throws Exception {
    keep("one\n", false);

    ValidatableResponse log = log(query);

    log.header(INCOMPLETE, "true").body(equalTo("one\n"));
  }

  @Test
  void saysNoSuchThingOfALogThatWasKeptWhole() throws Exception {
    keep("one\n", true);

    ValidatableResponse log = log("");

    log.header(INCOMPLETE, nullValue()).body(equalTo("one\n"));
  }

  private ValidatableResponse log(String query) {
    return get("/api/v1/jobs/" + id + "/logs" + query).then().statusCode(200);
  }

  private void keep(String text, boolean complete) throws Exception {
    database.update(
        "INSERT INTO attempt_log (job_id, attempt, driver_uid, captured_at, complete, cut, content)"
            + " VALUES (?, 1, ?, ?, ?, false, ?)",
        id,
        "uid-" + id,
        NOON,
        complete,
        text.getBytes(StandardCharsets.UTF_8));
  }
}
