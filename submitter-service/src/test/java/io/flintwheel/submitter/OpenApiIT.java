package io.flintwheel.submitter;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.testing.OpenApiContract;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;

/** What is answered is what the OpenAPI document says. */
@QuarkusTest
@OnSubmitter
class OpenApiIT {

  private static final String JOBS = "/api/v1/jobs";
  private static final String REQUEST = "POST /api/v1/jobs";
  private static final String CANCEL = "DELETE /api/v1/jobs/{jobId}";

  private final String jobId = JobIds.next();

  @Test
  void describesEveryAnswer() {
    OpenApiContract contract = OpenApiContract.served();

    contract.answers(REQUEST, post(given(), body("Scala")));
    contract.answers(REQUEST, post(given(), body("Scala").replace("{type", "{typo: 1, type")));
    contract.answers(REQUEST, post(given(), body("COBOL")));
    contract.answers(REQUEST, post(given(), "{}"));
    contract.answers(REQUEST, post(given(), "x".repeat(300_000)));
    contract.answers(REQUEST, post(given().queryParam("foo", "1"), body("Scala")));
    contract.answers(REQUEST, given().contentType("text/csv").body("a,b").post(JOBS));
    contract.answers(REQUEST, post(given().accept("text/html"), body("Scala")));
    contract.answers(CANCEL, given().queryParam("reason", "enough").delete(JOBS + "/" + jobId));
    contract.answers(CANCEL, given().delete(JOBS + "/Not-An-Id"));
    contract.answers(CANCEL, given().accept("text/html").delete(JOBS + "/" + jobId));

    assertThat(contract.unchecked()).isEmpty();
  }

  @Test
  void describesTheRequestsThatItTakes() {
    OpenApiContract contract = OpenApiContract.served();
    String full =
        """
        {"jobId": "a", "namespace": "default", "labels": {"team": "a"}, "spec": %s}
        """
            .formatted(Requests.sparkPi("a").data().spec().json());

    contract.takes(REQUEST, full);
  }

  private String body(String type) {
    return "{jobId: " + jobId + ", spec: " + Requests.SPEC_IN_ONE_LINE.replace("Scala", type) + "}";
  }

  private static Response post(RequestSpecification request, String yaml) {
    return request.contentType("application/yaml").body(yaml.getBytes(UTF_8)).post(JOBS);
  }
}
