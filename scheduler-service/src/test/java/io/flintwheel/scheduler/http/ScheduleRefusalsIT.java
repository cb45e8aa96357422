package io.flintwheel.scheduler.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.flintwheel.scheduler.Documents;
import io.flintwheel.scheduler.database.Database;
import io.flintwheel.testing.KafkaTestResource;
import io.flintwheel.testing.PostgresTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong is told with its field, and leaves nothing behind. */
@QuarkusTest
@WithTestResource(KafkaTestResource.class)
@WithTestResource(PostgresTestResource.class)
class ScheduleRefusalsIT {

  private static final String PATH = "/api/v1/schedules";
  private static final String YEARLY = "{\"cron\": \"@yearly\"}";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject Database database;

  @BeforeEach
  void waitUntilReady() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
  }

  @Test
  void refusesSecondOneWhenIdIsTaken() {
    post(Documents.schedule("api-taken", YEARLY)).statusCode(201);
    List<Long> before = rows();

    problem(post(Documents.schedule("api-taken", "{\"every\": \"PT1H\"}")), 409, "id");

    assertThat(rows()).isEqualTo(before);
    given()
        .get(PATH + "/api-taken")
        .then()
        .body("specs[0].cron", equalTo("@yearly"))
        .body("revision", equalTo(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"id\"            | \"ident\"               | ident",
        "\"api-bad\"       | \"Api_Bad\"             | id",
        "\"api-bad\"       | \"abcdefghijklmnopqrstuvwxyzab\" | id",
        "@yearly           | 61 * * * *              | specs[0].cron",
        "@yearly           | 0 0 30 2 *              | specs[0].cron",
        "@yearly           | * * * * FRI-MON         | specs[0].cron",
        "\"specs\"         | \"timeZone\": \"Europe/Atlantis\", \"specs\" | timeZone",
        "@yearly           | 61 * * * *\"}, {\"at\": \"10000-01-01T00:00:00Z | specs[1].at",
        "\"cron\"          | \"corn\"               | specs[0].corn",
        "\"specs\"         | \"timeZone\": 7, \"specs\" | timeZone",
        "\"specs\"         | \"paused\": true, \"specs\" | paused",
        "\"labels\"        | \"label\": 1, \"labels\" | job.label",
        "\"team\": \"a\"   | \"team\": 1             | job.labels[team]",
        "\"cores\": 1      | \"cores\": \"many\"     | job.spec.driver.cores",
        "\"type\": \"Scala\", | ~~                   | job.spec.type",
        "\"type\": \"Scala\" | \"type\": \"COBOL\"   | job.spec.type",
        "\"type\": \"Never\" | \"type\": \"Perhaps\" | job.spec.restartPolicy.type",
      })
  void answersWithFieldAndCreatesNothingWhenBodyIsWrong(String right, String wrong, String field) {
    String body = Documents.schedule("api-bad", YEARLY).replace(right, wrong);
    List<Long> before = rows();

    ValidatableResponse answer = post(with("key-of-" + field), body);

    answer
        .statusCode(400)
        .contentType("application/problem+json")
        .body("problems.field", hasItem(field))
        .body("problems.expected", not(hasItem(nullValue())));
    given().get(PATH + "/api-bad").then().statusCode(404);
    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void namesCronFieldAndRangeWhenCronIsWrong() {
    problem(
            post(Documents.schedule("api-cron", "{\"cron\": \"61 * * * *\"}")),
            400,
            "specs[0].cron")
        .body("detail", containsString("minute: 61 is not in 0-59"))
        .body("expected", equalTo("minute 0-59"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {"{\"id\":", "~~", "[1]", "{} {}"})
  void answersWithProblemWhenBodyIsNoDocument(String body) {
    post(body == null ? "" : body).statusCode(400).contentType("application/problem+json");
  }

  @Test
  void answersWithProblemWhenPathOrParameterIsWrong() {
    problem(given().get(PATH + "/nobody").then(), 404, "id");
    problem(given().get(PATH + "/UPPER").then(), 404, "id");
    problem(given().post(PATH + "/nobody/trigger").then(), 404, "id");
    problem(given().get(PATH + "/nobody/ticks").then(), 404, "id");
    problem(given().get(PATH + "/nobody/ticks?cursor=x").then(), 400, "cursor");
    problem(given().get(PATH + "/nobody/ticks?cursor=x,SCHEDULED").then(), 400, "cursor");
    String farAway = "cursor=%2B999999999-01-01T00:00:00Z,SCHEDULED";
    problem(
        given().urlEncodingEnabled(false).get(PATH + "/n/ticks?" + farAway).then(), 400, "cursor");
    problem(given().get(PATH + "/nobody/ticks?limit=501").then(), 400, "limit")
        .body("expected", equalTo("a number from 1 to 500"));
    problem(given().get(PATH + "?limit=0").then(), 400, "limit");
    problem(given().get(PATH + "?cursor=Nobody").then(), 400, "cursor");
    problem(given().urlEncodingEnabled(false).get(PATH + "/a%00b").then(), 404, "id");
    problem(given().urlEncodingEnabled(false).get(PATH + "?cursor=a%00").then(), 400, "cursor");
    for (String n : List.of("many", "0", "1001", "-1", "99999999999")) {
      problem(given().get(PATH + "/nobody/preview?n=" + n).then(), 400, "n")
          .body("expected", equalTo("a number from 1 to 1000"));
    }
  }

  @Test
  void tellsWhatIsAllowedWhenMethodIsNot() {
    given()
        .patch(PATH)
        .then()
        .statusCode(405)
        .contentType("application/problem+json")
        .header("Allow", allOf(containsString("GET"), containsString("POST")));
    given()
        .post(PATH + "/nobody")
        .then()
        .statusCode(405)
        .header("Allow", allOf(containsString("PUT"), containsString("DELETE")));
    given()
        .get(PATH + "/nobody/pause")
        .then()
        .statusCode(405)
        .header("Allow", containsString("POST"));
  }

  @Test
  void answersWithProblemWhenTextCannotBeStored() {
    String body = Documents.schedule("api-surrogate", YEARLY);

    post(body.replace("spark-examples.jar", "\\ud800.jar")).statusCode(400);
    given().get(PATH + "/api-surrogate").then().statusCode(404);
  }

  @Test
  void warnsWhenSpecHasUnknownField() {
    String body =
        Documents.schedule("api-warned", YEARLY).replace("\"mode\"", "\"colour\": 1, \"mode\"");

    post(body)
        .statusCode(201)
        .body("warnings[0].field", equalTo("job.spec.colour"))
        .body("job.spec.colour", equalTo(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api-one/resume", "/api-one/trigger", "/api-two/pause", ""})
  void refusesKeyWhenItCameWithAnotherOperationOrSchedule(String other) {
    post(Documents.schedule("api-one", YEARLY));
    post(Documents.schedule("api-two", YEARLY));
    with("only-1").post(PATH + "/api-one/pause").then().statusCode(200);
    List<Long> before = rows();

    RequestSpecification again = with("only-1").contentType("application/json");
    if (other.isEmpty()) {
      again.body(Documents.schedule("api-three", YEARLY));
    }
    problem(again.post(PATH + other).then(), 422, "Idempotency-Key");

    assertThat(rows()).isEqualTo(before);
  }

  /** How many rows there are of what a request can leave behind. */
  private List<Long> rows() {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement statement =
                  connection.prepareStatement(
                      "SELECT (SELECT count(*) FROM schedule), (SELECT count(*) FROM idempotency_key),"
                          + " (SELECT count(*) FROM outbox WHERE record_key LIKE 'api-%'),"
                          + " (SELECT count(*) FROM tick WHERE kind = 'MANUAL')");
              ResultSet row = statement.executeQuery()) {
            row.next();
            return List.of(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
          }
        });
  }

  private static RequestSpecification with(String idempotencyKey) {
    return given().header("Idempotency-Key", idempotencyKey);
  }

  private static ValidatableResponse post(String body) {
    return post(given(), body);
  }

  private static ValidatableResponse post(RequestSpecification request, String body) {
    return request.contentType("application/json").body(body).post(PATH).then();
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
