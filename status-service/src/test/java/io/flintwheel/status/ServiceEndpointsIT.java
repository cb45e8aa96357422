package io.flintwheel.status;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Test;

/** What every service answers about itself. */
@QuarkusTest
@OnStatusService
class ServiceEndpointsIT {

  @Test
  void describesItsApi() {
    String document = get("/q/openapi").then().statusCode(200).extract().asString();

    assertThat(document)
        .contains(
            "/api/v1/jobs:",
            "/api/v1/jobs/{jobId}:",
            "/api/v1/jobs/{jobId}/events:",
            "/api/v1/jobs/{jobId}/logs:",
            "/api/v1/jobs/stream:",
            "/api/v1/jobs/{jobId}/stream:");
  }

  @Test
  void tellsThatItHasStartedThatItLivesAndThatItIsReady() {
    Health.awaitReady();

    get("/q/health/started").then().statusCode(200);
    get("/q/health/live").then().statusCode(200);
    assertThat(RestAssured.get("/q/health/ready").jsonPath().getList("checks.name", String.class))
        .contains("kafka", "postgresql", "kubernetes", "event-consumer", "change-feed");
  }

  @Test
  void tellsItsFigures() {
    String figures = get("/q/metrics").then().statusCode(200).extract().asString();

    assertThat(figures).contains("flintwheel_jobs{", "flintwheel_projection_lag_seconds");
  }
}
