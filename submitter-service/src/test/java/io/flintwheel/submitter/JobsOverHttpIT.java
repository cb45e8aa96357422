package io.flintwheel.submitter;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers of the HTTP interface are told. */
@QuarkusTest
@OnSubmitter
class JobsOverHttpIT {

  private final String jobId = JobIds.next();

  @Test
  void answersWhereTheJobIsToBeSeen() {
    ValidatableResponse response =
        post("application/json", "{\"jobId\":\"" + jobId + "\",\"spec\":" + spec() + "}");

    response
        .statusCode(202)
        .header("Location", endsWith("/api/v1/jobs/" + jobId))
        .body("jobId", equalTo(jobId))
        .body("namespace", equalTo("default"))
        .body("warnings.size()", equalTo(0))
        .body("links.self", endsWith("/api/v1/jobs/" + jobId));
  }

  @Test
  void derivesTheJobFromTheIdempotencyKey() {
    String body = "{\"spec\":" + spec() + "}";
    String first = postWithKey(body).statusCode(202).extract().path("jobId");

    String second = postWithKey(body).statusCode(202).extract().path("jobId");

    assertThat(second).isEqualTo(first).startsWith("job-");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"labels\":{\"a\":\"b\"},", "\"jobId\":\"another\","})
  void refusesAnIdempotencyKeyThatWasUsedForAnotherRequest(String different) {
    postWithKey("{\"spec\":" + spec() + "}").statusCode(202);

    ValidatableResponse second = postWithKey("{" + different + "\"spec\":" + spec() + "}");

    second.statusCode(422).body("field", equalTo("Idempotency-Key"));
  }

  @Test
  void showsWarningsOfUnknownFields() {
    ValidatableResponse response =
        post(
            "application/yaml",
            "jobId: "
                + jobId
                + "\nspec: "
                + Requests.SPEC_IN_ONE_LINE.replace("{type", "{typo: 1, type"));

    response.statusCode(202).body("warnings.field", hasItem("spec.typo"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"spec": {}, "jobid": "x"} | 400 | jobid
          {"spec": {}, "attempt": 2} | 400 | attempt
          {"jobId": "Not-An-Id", "spec": {}} | 400 | jobId
          {"jobId": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "spec": {}} | 400 | jobId
          {"jobId": 7, "spec": {}} | 400 | jobId
          {"namespace": "Not A Namespace", "spec": {}} | 400 | namespace
          {"labels": {"flintwheel.io/job-id": "x"}, "spec": {}} | 400 | labels[flintwheel.io/job-id]
          {"spec": "x"} | 400 | spec
          {} | 400 | spec
          {"jobId": null, "spec": {}} | 422 | spec.type
          {"spec": {}} | 422 | spec.type
          {"namespace": "kube-system", "spec": {}} | 422 | namespace
          """)
  void namesTheFieldThatIsWrong(String body, int status, String field) {
    ValidatableResponse response = post("application/json", body);

    response
        .statusCode(status)
        .contentType("application/problem+json")
        .body("status", equalTo(status))
        .body("title", notNullValue())
        .body("field", equalTo(field))
        .body("problems.field", hasItem(field))
        .body("problems[0].expected", notNullValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          driver: {memory: '0'} | spec.driver.memory
          driver: {}, sparkConf: {spark.executor.memory: 0m} | spec.sparkConf[spark.executor.memory]
          driver: {cores: 0} | spec.driver.cores
          driver: {}, sparkConf: {spark.executor.cores: '-1'} | spec.sparkConf[spark.executor.cores]
          driver: {}, sparkConf: {spark.kubernetes.driver.label.a b: x} | spec.sparkConf[spark.kubernetes.driver.label.a b]
          """)
  void refusesWhatADriverWouldFindTooLate(String given, String field) {
    ValidatableResponse response =
        post(
            "application/yaml",
            "jobId: "
                + jobId
                + "\nspec: "
                + Requests.SPEC_IN_ONE_LINE.replace("driver: {}", given));

    response
        .statusCode(422)
        .body("field", equalTo(field))
        .body("problems.size()", equalTo(1))
        .body("problems[0].expected", notNullValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application/json | {"spec": {"type": "Scala", "type": "Java"}}
          application/json | {"spec": {}} {"spec": {}}
          application/json | {"spec": {}} x
          application/yaml | {spec: {type: Scala, type: Java}}
          application/yaml | {spec: &anchor {type: Scala}}
          application/yaml | {spec: {type: *alias}}
          application/yaml | {spec: {a: &a [x, x], b: &b [*a, *a], c: [*b, *b]}}
          """)
  void refusesADocumentThatTwoReadersCouldTakeForTwo(String contentType, String body) {
    ValidatableResponse response = post(contentType, body);

    response
        .statusCode(400)
        .contentType("application/problem+json")
        .body("problems[0].message", containsString("the body is not "))
        .body("problems[0].expected", containsString("without a field that stands twice"));
  }

  @Test
  void refusesASecondYamlDocument() {
    ValidatableResponse response = post("application/yaml", "spec: {}\n---\nspec: {}\n");

    response.statusCode(400).body("problems[0].message", containsString("is not YAML"));
  }

  @Test
  void derivesTheJobWhenItsIdIsNull() {
    ValidatableResponse response =
        post("application/json", "{\"jobId\": null, \"spec\":" + spec() + "}");

    response.statusCode(202).body("jobId", startsWith("job-"));
  }

  @Test
  void namesTheKeyThatSparkRefusesAndNeverItsValue() {
    ValidatableResponse response =
        post(
            "application/json",
            "{\"spec\":"
                + Requests.sparkPiConfigured("spark.ui.port", Secrets.SECRET).data().spec().json()
                + "}");

    String body =
        response
            .statusCode(422)
            .body("field", equalTo("spec.sparkConf[spark.ui.port]"))
            .body("problems[0].expected", equalTo("a whole number"))
            .extract()
            .asString();
    assertThat(body).doesNotContain(Secrets.SECRET);
  }

  @Test
  void namesTheRuleThatRefuses() {
    ValidatableResponse response =
        post(
            "application/json",
            "{\"spec\":"
                + Requests.sparkPiConfigured("spark.kubernetes.driver.podTemplateFile", "/x")
                    .data()
                    .spec()
                    .json()
                + "}");

    response
        .statusCode(422)
        .body("problems[0].message", containsString("rule no-submitter-files"))
        .body("problems[0].expected", notNullValue());
  }

  @ParameterizedTest
  @CsvSource({"application/json", "application/yaml"})
  void saysWhereADocumentEnds(String contentType) {
    ValidatableResponse response = post(contentType, "{\"spec\": [}");

    response
        .statusCode(400)
        .contentType("application/problem+json")
        .body("problems[0].message", matchesPattern(".*line 1, column [0-9]+.*"));
  }

  @Test
  void refusesMoreThanARequestMayHave() {
    String body =
        "{\"spec\":"
            + Requests.sparkPiConfigured("spark.x", "x".repeat(200_000)).data().spec().json()
            + "}";

    ValidatableResponse response = post("application/json", body);

    response
        .statusCode(413)
        .contentType("application/problem+json")
        .body("problems[0].expected", containsString("131072"));
  }

  @Test
  void refusesAMediaTypeItDoesNotReadAsAProblem() {
    ValidatableResponse response = post("text/csv", "a,b");

    response
        .statusCode(415)
        .contentType("application/problem+json")
        .body("field", equalTo("Content-Type"))
        .body(
            "expected",
            equalTo("application/json, application/yaml, application/x-yaml, text/yaml"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/yaml"})
  void saysInWhatItAnswersWhenThatIsNotAccepted(String accept) {
    ValidatableResponse response = given().accept(accept).delete("/api/v1/jobs/" + jobId).then();

    response
        .statusCode(406)
        .contentType("application/problem+json")
        .body("field", equalTo("Accept"))
        .body("expected", equalTo("application/json"));
  }

  @Test
  void takesACancelForAnyJobId() {
    ValidatableResponse response =
        given().queryParam("reason", "a test").delete("/api/v1/jobs/" + jobId).then();

    response.statusCode(202).header("Location", endsWith("/api/v1/jobs/" + jobId));
  }

  @Test
  void refusesACancelOfWhatIsNoJobId() {
    ValidatableResponse response = given().delete("/api/v1/jobs/Not-An-Id").then();

    response
        .statusCode(400)
        .contentType("application/problem+json")
        .body("field", equalTo("jobId"));
  }

  @ParameterizedTest
  @CsvSource({
    "Not-An-Id, 10, jobId",
    "Not-An-Id, 2000, jobId",
    "fine, 2000, reason",
  })
  void saysWhichPartOfACancelIsWrong(String job, int reasonLength, String field) {
    ValidatableResponse response =
        given().queryParam("reason", "r".repeat(reasonLength)).delete("/api/v1/jobs/" + job).then();

    response.statusCode(400).body("field", equalTo(field));
  }

  @ParameterizedTest
  @CsvSource({"/api/v1/jobs/x/y", "/api/v1/nothing", "/nothing"})
  void answersAnUnknownPathWithAProblem(String path) {
    ValidatableResponse response = get(path).then();

    response
        .statusCode(404)
        .contentType("application/problem+json")
        .body("status", equalTo(404))
        .body("expected", containsString("POST /api/v1/jobs"))
        .body("expected", containsString("/q/openapi"));
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /api/v1/jobs, POST",
    "GET, /api/v1/jobs, POST",
    "GET, /api/v1/jobs/a, DELETE",
    "POST, /api/v1/jobs/a, DELETE"
  })
  void saysWhichMethodsThereAre(String method, String path, String allowed) {
    ValidatableResponse response = request(method, path).then();

    response
        .statusCode(405)
        .contentType("application/problem+json")
        .header("Allow", equalTo(allowed))
        .body("detail", containsString(method))
        .body("detail", containsString("status service"))
        .body("expected", equalTo(allowed));
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /api/v1/jobs?foo=1, foo, no parameters",
    "POST, /api/v1/jobs?reason=x, reason, no parameters",
    "DELETE, /api/v1/jobs/{jobId}?raeson=x, raeson, reason",
    "DELETE, /api/v1/jobs/{jobId}?Reason=x, Reason, reason",
    "DELETE, /api/v1/jobs/{jobId}?reason=x&reason=y, reason, once",
    "DELETE, /api/v1/jobs/{jobId}?reason=, reason, a value",
    "DELETE, /api/v1/jobs/{jobId}?reason, reason, a value",
  })
  void refusesAParameterByNameAndSaysWhatWouldBeRight(
      String method, String path, String field, String expected) {
    ValidatableResponse response =
        given()
            .urlEncodingEnabled(false)
            .contentType(method.equals("POST") ? "application/json" : "text/plain")
            .body(method.equals("POST") ? "{\"spec\":" + spec() + "}" : "")
            .request(method, path.replace("{jobId}", jobId))
            .then();

    response
        .statusCode(400)
        .contentType("application/problem+json")
        .body("field", equalTo(field))
        .body("expected", containsString(expected));
  }

  @Test
  void tellsAllParametersThatAreWrong() {
    ValidatableResponse response =
        given()
            .header("Idempotency-Key", "")
            .queryParam("a", "b")
            .queryParam("reason", "")
            .delete("/api/v1/jobs/" + jobId)
            .then();

    response
        .statusCode(400)
        .body("problems.field", equalTo(List.of("a", "reason", "Idempotency-Key")));
  }

  @Test
  void answersWhatFailsInsideWithoutTellingOfTheInside() {
    ValidatableResponse response = get("/api/v1/failing").then();

    String body =
        response
            .statusCode(500)
            .contentType("application/problem+json")
            .body("status", equalTo(500))
            .extract()
            .asString();
    assertThat(body).doesNotContain(Secrets.SECRET, "Exception", "\tat ");
  }

  @Test
  void showsItsMetricsItsInterfaceAndItsHealth() {
    String metrics = get("/q/metrics").asString();

    assertThat(metrics)
        .contains("flintwheel_submitter_requests_in_flight", "flintwheel_submitter_retries");
    assertThat(get("/q/openapi").asString()).contains("/api/v1/jobs", "Ask for a job");
    assertThat(get("/q/health/started").statusCode()).isEqualTo(200);
    assertThat(get("/q/health/live").statusCode()).isEqualTo(200);
    await().atMost(Duration.ofMinutes(1)).until(() -> get("/q/health/ready").statusCode() == 200);
    assertThat(get("/q/health/ready").jsonPath().getList("checks.name", String.class))
        .contains("intake", "kafka", "kubernetes");
  }

  private String spec() {
    return Requests.sparkPi(jobId).data().spec().json().toString();
  }

  private ValidatableResponse postWithKey(String body) {
    return given()
        .contentType("application/json")
        .header("Idempotency-Key", "key-" + jobId)
        .body(body)
        .post("/api/v1/jobs")
        .then();
  }

  private static ValidatableResponse post(String contentType, String body) {
    return given()
        .contentType(contentType)
        .body(body.getBytes(StandardCharsets.UTF_8))
        .post("/api/v1/jobs")
        .then();
  }
}
