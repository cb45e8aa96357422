package io.flintwheel.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/** What the service under test says of itself. */
final class Health {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private Health() {}

  /** Waits until exactly these dependencies are told to be away; the service itself must live. */
  static void awaitDown(String... names) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(down()).containsExactlyInAnyOrder(names));
    RestAssured.get("/q/health/live").then().statusCode(200);
  }

  static void awaitReady() {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () -> assertThat(RestAssured.get("/q/health/ready").statusCode()).isEqualTo(200));
  }

  private static Set<String> down() {
    Response ready = RestAssured.get("/q/health/ready");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(
            ready
                .jsonPath()
                .getList("checks.findAll { it.status == 'DOWN' }.data.reason", String.class))
        .doesNotContainNull();
    return new TreeSet<>(
        ready.jsonPath().getList("checks.findAll { it.status == 'DOWN' }.name", String.class));
  }
}
