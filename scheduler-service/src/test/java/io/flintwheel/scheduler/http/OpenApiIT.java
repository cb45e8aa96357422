package io.flintwheel.scheduler.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.flintwheel.scheduler.Documents;
import io.flintwheel.testing.KafkaTestResource;
import io.flintwheel.testing.OpenApiContract;
import io.flintwheel.testing.PostgresTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is answered is what the OpenAPI document says. */
@QuarkusTest
@WithTestResource(KafkaTestResource.class)
@WithTestResource(PostgresTestResource.class)
class OpenApiIT {

  private static final String PATH = "/api/v1/schedules";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SPECS =
      "{\"every\": \"PT2S\", \"phase\": \"PT1S\"}, {\"cron\": \"@yearly\"},"
          + " {\"at\": \"2031-01-01T00:00:00Z\"}";

  @BeforeEach
  void waitUntilReady() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
  }

  @Test
  void describesNumbersOfAQueryAsNumbers() {
    var document = given().get("/q/openapi?format=JSON").then().statusCode(200);

    document
        .body(
            "paths.'/api/v1/schedules'.get.parameters.find { it.name == 'limit' }.schema.type",
            equalTo("integer"))
        .body(
            "paths.'/api/v1/schedules/{id}/preview'.get.parameters.find { it.name == 'n' }.schema.maximum",
            equalTo(1000));
  }

  @Test
  void describesEveryAnswer() {
    OpenApiContract contract = OpenApiContract.served();
    String one = "/api/v1/schedules/{id}";
    String body = Documents.schedule("described", SPECS);
    String warned = body.replace("\"mode\"", "\"colour\": 1, \"mode\"");

    contract.answers("POST " + PATH, send("POST", "", warned));
    contract.answers("POST " + PATH, send("POST", "", body));
    contract.answers("POST " + PATH, send("POST", "", "{}"));
    contract.answers("GET " + one, given().get(PATH + "/described"));
    contract.answers("GET " + one, given().get(PATH + "/nobody"));
    contract.answers("PUT " + one, send("PUT", "/described", body));
    contract.answers("PUT " + one, send("PUT", "/described", "["));
    contract.answers("POST " + one + "/trigger", given().post(PATH + "/described/trigger"));
    contract.answers("POST " + one + "/trigger", given().post(PATH + "/nobody/trigger"));
    awaitTick();
    contract.answers("POST " + one + "/pause", given().post(PATH + "/described/pause"));
    contract.answers("POST " + one + "/pause", given().post(PATH + "/nobody/pause"));
    contract.answers("GET " + one + "/preview", given().get(PATH + "/described/preview?n=3"));
    contract.answers("GET " + one + "/preview", given().get(PATH + "/described/preview?n=0"));
    awaitSkippedTick();
    contract.answers("POST " + one + "/resume", given().post(PATH + "/described/resume"));
    contract.answers("POST " + one + "/resume", given().post(PATH + "/nobody/resume"));
    contract.answers("GET " + one + "/ticks", given().get(PATH + "/described/ticks?limit=2"));
    contract.answers("GET " + one + "/ticks", given().get(PATH + "/described/ticks"));
    contract.answers("GET " + one + "/ticks", given().get(PATH + "/described/ticks?limit=x"));
    send("POST", "", Documents.schedule("described-too", SPECS));
    contract.answers("GET " + PATH, given().get(PATH + "?limit=1"));
    contract.answers("GET " + PATH, given().get(PATH + "?limit=0"));
    contract.answers("DELETE " + one, given().delete(PATH + "/described-too"));
    contract.answers("DELETE " + one, given().delete(PATH + "/described?force=true"));
    contract.answers("DELETE " + one, given().delete(PATH + "/described"));

    assertThat(contract.unchecked()).isEmpty();
  }

  @Test
  void describesTheRequestsThatItTakes() {
    OpenApiContract contract = OpenApiContract.served();
    String body = Documents.schedule("described-full", SPECS);

    contract.takes("POST " + PATH, body.replace("\"specs\"", "\"timeZone\": \"UTC\", \"specs\""));
    contract.takes("PUT /api/v1/schedules/{id}", body.replace("\"id\": \"described-full\",", ""));
  }

  private static void awaitTick() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                given()
                    .get(PATH + "/described/ticks")
                    .then()
                    .body("ticks.kind", hasItem("SCHEDULED")));
  }

  /** Resuming writes down what the pause has left out. */
  private static void awaitSkippedTick() {
    String next = nextTick();
    await().atMost(PATIENCE).until(() -> !nextTick().equals(next));
  }

  private static String nextTick() {
    return given().get(PATH + "/described/preview?n=1").path("ticks[0].nominalTime");
  }

  private static Response send(String method, String path, String body) {
    return given().contentType("application/json").body(body).request(method, PATH + path);
  }
}
