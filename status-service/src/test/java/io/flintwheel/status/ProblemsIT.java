package io.flintwheel.status;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered to requests that this API does not have. */
@QuarkusTest
@OnStatusService
class ProblemsIT {

  private final String id = Jobs.newId();
  private final JobTopics topics = new JobTopics();

  @BeforeEach
  void request() throws Exception {
    topics.requested(id, JobTopics.UNWATCHED, Map.of());
    Jobs.awaitState(id, "REQUESTED");
  }

  @AfterEach
  void close() {
    topics.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/{id}", "/{id}/events", "/{id}/logs", "/{id}/stream", "/stream"})
  void saysWhatIsAllowedInsteadOfAnotherMethod(String path) {
    for (String method : List.of("POST", "PUT", "DELETE", "PATCH")) {
      RestAssured.request(method, path(path))
          .then()
          .statusCode(405)
          .contentType("application/problem+json")
          .header("Allow", "GET, HEAD, OPTIONS")
          .body("status", equalTo(405))
          .body("detail", containsString("GET"))
          .body("expected", equalTo("one of GET, HEAD, OPTIONS"))
          .body("problems.expected", contains("one of GET, HEAD, OPTIONS"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/{id}", "/{id}/events", "/stream", "/{id}/stream"})
  void answersHeadAsGetWithoutABody(String path) {
    RestAssured.head(path(path)).then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/{id}", "/{id}/events", "/{id}/logs", "/{id}/stream", "/stream"})
  void tellsItsMethodsWhenAskedForOptions(String path) {
    options(path(path)).then().statusCode(200).header("Allow", containsString("GET"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/nothing", "/api", "/api/v1", "/api/v1/job", "/api/v1/jobs/a/b", "/q/none"})
  void answersAnUnknownPathWithAProblem(String path) {
    get(path)
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("status", equalTo(404))
        .body("detail", containsString("/q/openapi"))
        .body("expected", equalTo("a path of /q/openapi"));
  }

  @Test
  void answersWhatItCannotExpressWithAProblem() {
    given()
        .accept("image/png")
        .get("/api/v1/jobs")
        .then()
        .statusCode(406)
        .contentType("application/problem+json")
        .body("field", equalTo("Accept"))
        .body("expected", containsString("application/json"))
        .body("problems.field", contains("Accept"));
  }

  @Test
  void describesTheAnswersThatItGives() {
    JsonPath paths = given().accept("application/json").get("/q/openapi").jsonPath();

    paths.setRootPath("paths");
    assertThat(paths.getMap("'/api/v1/jobs/{jobId}'.get.responses"))
        .containsOnlyKeys("200", "default");
    assertThat(paths.getMap("'/api/v1/jobs/{jobId}/stream'.get.responses"))
        .containsOnlyKeys("200", "204", "default");
    assertThat(paths.getString("'/api/v1/jobs'.get.responses.'200'.content.'application/json'"))
        .contains("Page");
  }

  @Test
  void tellsEveryPartOfAJobThatItsDescriptionNames() {
    String description = given().accept("application/json").get("/q/openapi").asString();

    assertThat(JsonPath.from(description).getMap("components.schemas.JobDocument.properties"))
        .containsKeys(
            "jobId",
            "namespace",
            "state",
            "attempt",
            "attempts",
            "executors",
            "failure",
            "requestedAt",
            "acceptedAt",
            "submittedAt",
            "startedAt",
            "finishedAt",
            "updatedAt",
            "links");
    assertThat(JsonPath.from(description).getMap("components.schemas.Failure.properties"))
        .containsOnlyKeys("class", "exitCode", "reason", "message", "hint");
  }

  private String path(String path) {
    return "/api/v1/jobs" + path.replace("{id}", id);
  }
}
