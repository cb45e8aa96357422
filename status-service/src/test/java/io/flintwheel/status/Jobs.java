package io.flintwheel.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.UUID;

/** Jobs as the API tells them. */
final class Jobs {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Jobs() {}

  /** An id that no other run on the same cluster has. */
  static String newId() {
    return "it-" + UUID.randomUUID().toString().substring(0, 13);
  }

  static JsonPath get(String jobId) {
    return RestAssured.get("/api/v1/jobs/" + jobId).then().statusCode(200).extract().jsonPath();
  }

  static void awaitState(String jobId, String state) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .ignoreNoExceptions()
        .untilAsserted(
            () ->
                assertThat(RestAssured.get("/api/v1/jobs/" + jobId).jsonPath().getString("state"))
                    .isEqualTo(state));
  }
}
