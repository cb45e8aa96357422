package io.flintwheel.scheduler.http;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.flintwheel.scheduler.Documents;
import io.flintwheel.testing.KafkaTestResource;
import io.flintwheel.testing.PostgresTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing of a request is passed over in silence, whatever its definition says. */
@QuarkusTest
@WithTestResource(KafkaTestResource.class)
@WithTestResource(PostgresTestResource.class)
class StrictRequestsIT {

  private static final String PATH = "/api/v1/schedules";
  private static final String BODY = Documents.schedule("strict-new", "{\"cron\": \"@yearly\"}");

  @BeforeEach
  void createSchedule() {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
    given()
        .contentType("application/json")
        .body(Documents.schedule("strict", "{\"cron\": \"@yearly\"}"))
        .post(PATH);
  }

  @ParameterizedTest
  @CsvSource({
    "/strict/preview?nn=3, nn, 'only n, each at most once'",
    "/strict/preview?N=3, N, 'only n, each at most once'",
    "/strict/preview?n=3&n=4, n, one",
    "/strict/preview?n=, n, 'a value, or none of it at all'",
    "/strict/preview?n, n, 'a value, or none of it at all'",
    "/strict/ticks?lim=1, lim, 'only cursor, limit, each at most once'",
    "?foo=1, foo, 'only cursor, limit, each at most once'",
    "?limit=5&limit=6, limit, one",
    "/strict?version=1, version, no parameter",
  })
  void refusesParameterThatNobodyReads(String url, String field, String expected) {
    problem(given().urlEncodingEnabled(false).get(PATH + url).then(), 400, field)
        .body("expected", equalTo(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause?for=PT1H", "trigger?at=2030"})
  void doesNothingWhenActionHasUnknownParameter(String action) {
    problem(
        given().urlEncodingEnabled(false).post(PATH + "/strict/" + action).then(),
        400,
        action.substring(action.indexOf('?') + 1, action.indexOf('=')));

    given().get(PATH + "/strict").then().body("paused", equalTo(false));
  }

  @Test
  void doesNothingWhenTriggerComesWithABody() {
    given()
        .contentType("application/json")
        .body("{\"arguments\": [\"1000\"]}")
        .post(PATH + "/strict/trigger")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("detail", equalTo("this request takes no body"));

    given().get(PATH + "/strict/ticks").then().body("ticks.size()", equalTo(0));
  }

  @Test
  void takesAnEmptyObjectWhereNoBodyIsWanted() {
    given()
        .contentType("application/json")
        .body("{}")
        .post(PATH + "/strict/resume")
        .then()
        .statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/octet-stream", "application/yaml"})
  void createsNothingWhenBodyIsNotCalledJson(String contentType) {
    problem(
            given().contentType(contentType).body(BODY.getBytes(UTF_8)).post(PATH).then(),
            415,
            "Content-Type")
        .body("expected", equalTo("application/json"));

    given().get(PATH + "/strict-new").then().statusCode(404);
  }

  @Test
  void createsNothingWhenAnswerCannotBeWhatIsWanted() {
    problem(
            given()
                .accept("text/html")
                .contentType("application/json")
                .body(BODY)
                .post(PATH)
                .then(),
            406,
            "Accept")
        .body("expected", equalTo("application/json"));

    given().get(PATH + "/strict-new").then().statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Idempotency-Key", "If-Match"})
  void refusesHeaderWhenItIsEmpty(String header) {
    String path = PATH + "/strict" + (header.equals("If-Match") ? "" : "/resume");

    ValidatableResponse answer =
        given()
            .header(header, "")
            .contentType("application/json")
            .request(header.equals("If-Match") ? "DELETE" : "POST", path)
            .then();

    problem(answer, 400, header);
    given().get(PATH + "/strict").then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"1", "1\"", "\"-1\"", "W/\"1\"", "\"1\",\"2\"", "\"9999999999999999999\""})
  void refusesVersionThatIsNone(String ifMatch) {
    problem(given().header("If-Match", ifMatch).delete(PATH + "/strict").then(), 400, "If-Match");

    given().get(PATH + "/strict").then().statusCode(200);
  }

  @Test
  void tellsLimitWhenBodyIsTooLarge() {
    given()
        .contentType("application/json")
        .body("\"" + "x".repeat(1024 * 1024) + "\"")
        .post(PATH)
        .then()
        .statusCode(413)
        .contentType("application/problem+json")
        .body("expected", equalTo("at most 1048576 bytes"));
  }

  @Test
  void tellsPlaceAndDepthWhenBodyIsNotJson() {
    given()
        .contentType("application/json")
        .body("[".repeat(201))
        .post(PATH)
        .then()
        .statusCode(400)
        .body("expected", containsString("at most 200 levels"));
    given()
        .contentType("application/json")
        .body("{\n \"id\": x}")
        .post(PATH)
        .then()
        .statusCode(400)
        .body("detail", containsString("line 2"))
        .body("detail", not(containsString("Stream")));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'GET, HEAD, OPTIONS, POST'",
    "/strict, 'DELETE, GET, HEAD, OPTIONS, PUT'",
    "/strict/pause, 'OPTIONS, POST'",
    "/strict/preview, 'GET, HEAD, OPTIONS'",
  })
  void tellsWhatIsAllowedWhenAskedForOptions(String path, String allowed) {
    given().options(PATH + path).then().statusCode(204).header("Allow", allowed);
  }

  @Test
  void tellsWhereToLookWhenPathLeadsNowhere() {
    given()
        .get(PATH + "/strict/tick")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("expected", containsString("/q/openapi"));
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
