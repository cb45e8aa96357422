package io.flintwheel.scheduler.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.flintwheel.events.Topics;
import io.flintwheel.scheduler.Documents;
import io.flintwheel.scheduler.TopicReader;
import io.flintwheel.testing.KafkaTestResource;
import io.flintwheel.testing.PostgresTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(KafkaTestResource.class)
@WithTestResource(PostgresTestResource.class)
class ScheduleApiIT {

  private static final String PATH = "/api/v1/schedules";
  private static final String YEARLY = "{\"cron\": \"@yearly\"}";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @BeforeEach
  void waitUntilReady() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
  }

  @Test
  void tellsScheduleWhenItIsCreated() {
    post(Documents.schedule("api-created", YEARLY))
        .statusCode(201)
        .header("Location", containsString(PATH + "/api-created"))
        .body("revision", equalTo(1))
        .body("timeZone", equalTo("UTC"))
        .body("specs[0].cron", equalTo("@yearly"))
        .body("job.namespace", equalTo("default"))
        .body("job.spec.mainClass", equalTo("org.apache.spark.examples.SparkPi"))
        .body("paused", equalTo(false))
        .body("nextTick", matchesPattern("20..-01-01T00:00:00Z"))
        .body("warnings", empty())
        .header("ETag", equalTo("\"1\""))
        .body("links.ticks", equalTo(PATH + "/api-created/ticks"));

    given().get(PATH + "/api-created").then().statusCode(200).header("ETag", equalTo("\"1\""));
  }

  @Test
  void endsPreviewWithTheYear9999() {
    post(Documents.schedule("api-far", "{\"every\": \"P3660D\"}")).statusCode(201);

    given()
        .get(PATH + "/api-far/preview?n=1000")
        .then()
        .statusCode(200)
        .body("ticks.size()", allOf(greaterThan(700), lessThan(800)));
  }

  @Test
  void answersTheSameWhenCreationIsRepeatedWithItsKey() {
    String body = Documents.schedule("api-repeated", YEARLY);

    String first = post(with("key-1"), body).statusCode(201).extract().asString();
    String again = post(with("key-1"), body).statusCode(201).extract().asString();

    assertThat(again).isEqualTo(first);
    problem(post(with("key-1"), Documents.schedule("api-other", YEARLY)), 422, "Idempotency-Key");
    given().get(PATH + "/api-other").then().statusCode(404);
    problem(post(with("key-2"), body), 409, "id");
  }

  @Test
  void doesOnceAndAnswersTheSameWhenPauseOrResumeIsRepeatedWithItsKey() {
    post(Documents.schedule("api-keyed", YEARLY)).statusCode(201);

    String paused = with("p-1").post(PATH + "/api-keyed/pause").then().extract().asString();
    with("r-1").post(PATH + "/api-keyed/resume").then().statusCode(200).header("ETag", "\"3\"");
    with("p-1")
        .post(PATH + "/api-keyed/pause")
        .then()
        .statusCode(200)
        .header("ETag", "\"2\"")
        .body(equalTo(paused));
    with("r-1").post(PATH + "/api-keyed/resume").then().statusCode(200).header("ETag", "\"3\"");

    given().get(PATH + "/api-keyed").then().header("ETag", "\"3\"").body("paused", equalTo(false));
  }

  @Test
  void triggersOnceWhenTriggerIsRepeatedWithItsKey() {
    post(Documents.schedule("api-trigger", YEARLY)).statusCode(201);

    String first =
        with("t-1")
            .post(PATH + "/api-trigger/trigger")
            .then()
            .statusCode(202)
            .extract()
            .path("jobId");
    String again =
        with("t-1")
            .post(PATH + "/api-trigger/trigger")
            .then()
            .statusCode(202)
            .extract()
            .path("jobId");
    String other =
        given().post(PATH + "/api-trigger/trigger").then().statusCode(202).extract().path("jobId");

    assertThat(first).matches("api-trigger-[0-9]{8}t[0-9]{6}m").isEqualTo(again);
    assertThat(other).isNotEqualTo(first);
    try (TopicReader topic =
        new TopicReader(KafkaTestResource.kafka().bootstrapServers(), Topics.JOB_REQUESTS)) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(topic.requestsOf("api-trigger"))
                      .extracting(request -> request.jobId().value())
                      .containsExactlyInAnyOrder(first, other));
    }
    given()
        .get(PATH + "/api-trigger/ticks?limit=1")
        .then()
        .body("ticks", hasSize(1))
        .body("ticks[0].jobId", equalTo(other))
        .body("ticks[0].kind", equalTo("MANUAL"))
        .body("nextCursor", not(nullValue()));
    String cursor = given().get(PATH + "/api-trigger/ticks?limit=1").path("nextCursor");
    given()
        .queryParam("cursor", cursor)
        .get(PATH + "/api-trigger/ticks")
        .then()
        .body("ticks.jobId", equalTo(List.of(first)))
        .body("nextCursor", nullValue());
  }

  @Test
  void bumpsRevisionWhenDefinitionIsReplaced() {
    post(Documents.schedule("api-edited", YEARLY)).statusCode(201);
    String other = Documents.schedule("api-edited", "{\"every\": \"PT1H\"}");

    put("api-edited", "\"7\"", other).statusCode(412).contentType("application/problem+json");
    put("api-edited", "\"1\"", other)
        .statusCode(200)
        .header("ETag", "\"2\"")
        .body("revision", equalTo(2));
    put("api-edited", "\"1\"", other).statusCode(412);
    problem(put("api-edited", "new", other), 400, "If-Match");
    given().header("If-Match", "\"1\"").delete(PATH + "/api-edited").then().statusCode(412);
    put("api-edited", "*", other).statusCode(200).body("revision", equalTo(2));
    problem(put("api-edited", "*", Documents.schedule("api-else", YEARLY)), 400, "id");
    problem(put("api-nobody", "*", Documents.schedule("api-nobody", YEARLY)), 404, "id");
  }

  @Test
  void showsNextTicksInItsZoneWhenAskedForPreview() {
    post(Documents.schedule("api-preview", "{\"cron\": \"30 2 * * *\"}")
            .replace("\"specs\"", "\"timeZone\": \"Europe/Madrid\", \"specs\""))
        .statusCode(201);

    List<String> local =
        given()
            .get(PATH + "/api-preview/preview?n=400")
            .then()
            .statusCode(200)
            .body("timeZone", equalTo("Europe/Madrid"))
            .body("ticks", hasSize(400))
            .body("ticks[0].jobId", matchesPattern("api-preview-[0-9]{8}t[0-9]{6}z"))
            .extract()
            .path("ticks.local");

    // Every day has one, the day on which the clock jumps over 02:30 at the end of the jump.
    assertThat(local.stream().map(time -> time.substring(0, 10)).distinct()).hasSize(400);
    assertThat(local.stream().filter(time -> time.contains("T03:00:00+02:00"))).isNotEmpty();
  }

  @Test
  void stopsWhenPausedAndGoesOnWhenResumed() {
    post(Documents.schedule("api-paused", "{\"every\": \"PT1S\"}")).statusCode(201);

    given()
        .post(PATH + "/api-paused/pause")
        .then()
        .statusCode(200)
        .body("paused", equalTo(true))
        .body("nextTick", nullValue());
    given().post(PATH + "/api-paused/pause").then().statusCode(200).body("paused", equalTo(true));
    int pausedWith = given().get(PATH + "/api-paused/ticks?limit=500").path("ticks.size()");
    Instant resumedAt = Instant.now();
    given().post(PATH + "/api-paused/resume").then().statusCode(200).body("paused", equalTo(false));

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        given()
                            .get(PATH + "/api-paused/ticks?limit=500")
                            .<List<String>>path("ticks.outcome"))
                    .hasSizeGreaterThan(pausedWith + 1)
                    .contains("FIRED"));
    assertThat(resumedAt).isBefore(Instant.now());
    given().delete(PATH + "/api-paused").then().statusCode(204);
    given().get(PATH + "/api-paused").then().statusCode(404);
    given().get(PATH + "/api-paused/ticks").then().statusCode(200).body("ticks", not(empty()));
  }

  @Test
  void listsSchedulesByPages() {
    for (int i = 0; i < 5; i++) {
      post(Documents.schedule("zz-page" + i, YEARLY)).statusCode(201);
    }

    String cursor =
        given()
            .get(PATH + "?limit=2&cursor=zz-page0")
            .then()
            .body("schedules.id", equalTo(List.of("zz-page1", "zz-page2")))
            .extract()
            .path("nextCursor");
    given()
        .get(PATH + "?limit=2&cursor=" + cursor)
        .then()
        .body("schedules.id", equalTo(List.of("zz-page3", "zz-page4")))
        .body("nextCursor", nullValue());
  }

  @Test
  void describesTheAnswersThatItGives() {
    JsonPath paths = given().accept("application/json").get("/q/openapi").jsonPath();

    paths.setRootPath("paths");
    String one = "'/api/v1/schedules/{id}";
    assertThat(paths.getMap("'/api/v1/schedules'.post.responses"))
        .containsKeys("201", "default")
        .doesNotContainKey("200");
    assertThat(paths.getMap(one + "'.delete.responses")).containsOnlyKeys("204", "default");
    assertThat(paths.getMap(one + "/trigger'.post.responses")).containsOnlyKeys("202", "default");
  }

  @Test
  void tellsTicksAndOutboxAsMetrics() {
    given()
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("flintwheel_tick_lag_seconds"))
        .body(containsString("flintwheel_outbox_waiting"));
    given().get("/q/openapi").then().statusCode(200).body(containsString("/api/v1/schedules"));
    given().get("/q/health/live").then().statusCode(200);
    given().get("/q/health/started").then().statusCode(200);
    given()
        .get("/q/health/ready")
        .then()
        .body("checks.name", hasItem("postgresql"))
        .body("checks.name", hasItem("kafka"));
  }

  private static RequestSpecification with(String idempotencyKey) {
    return given().header("Idempotency-Key", idempotencyKey);
  }

  private static ValidatableResponse post(String body) {
    return post(given(), body);
  }

  private static ValidatableResponse post(RequestSpecification request, String body) {
    return post(request, PATH, body);
  }

  private static ValidatableResponse post(RequestSpecification request, String path, String body) {
    return request.contentType("application/json").body(body).post(path).then();
  }

  private static ValidatableResponse put(String id, String ifMatch, String body) {
    return given()
        .contentType("application/json")
        .header("If-Match", ifMatch)
        .body(body)
        .put(PATH + "/" + id)
        .then();
  }

  private static ValidatableResponse problem(ValidatableResponse answer, int status, String field) {
    return answer
        .statusCode(status)
        .contentType("application/problem+json")
        .body("status", equalTo(status))
        .body("field", equalTo(field))
        .body("detail", not(nullValue()));
  }
}
