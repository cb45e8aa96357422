package io.flintwheel.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Jobs as the API tells them. */
final class Jobs {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Jobs() {}

  /** An id that no other run on the same cluster has. */
  static String newId() {
    return "it-" + UUID.randomUUID().toString().substring(0, 13);
  }

  static JsonPath get(String jobId) {
    return RestAssured.get("/api/v1/jobs/" + jobId).then().statusCode(200).extract().jsonPath();
  }

  /** The types of a job's timeline, without what all have in common. */
  static List<String> eventTypes(String jobId) {
    return RestAssured.get("/api/v1/jobs/" + jobId + "/events")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList("events.type", String.class)
        .stream()
        .map(type -> type.replace("io.flintwheel.job.", "").replace(".v1", ""))
        .toList();
  }

  /** The same, or nothing, where the job may be unknown yet; sorted, as topics have no order. */
  static List<String> timeline(String jobId) {
    return RestAssured.get("/api/v1/jobs/" + jobId).statusCode() == 200
        ? eventTypes(jobId).stream().sorted().toList()
        : List.of();
  }

  static void awaitState(String jobId, String state) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(RestAssured.get("/api/v1/jobs/" + jobId).jsonPath().getString("state"))
                    .isEqualTo(state));
  }
}
