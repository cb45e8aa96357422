package io.flintwheel.scheduler;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.flintwheel.testing.KafkaTestResource;
import io.flintwheel.testing.PostgresTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** PostgreSQL answers and takes no writes, as after a failover, or when its disk is full. */
@QuarkusTest
@WithTestResource(KafkaTestResource.class)
@WithTestResource(PostgresTestResource.class)
class ReadOnlyDatabaseIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @AfterEach
  void makeWritable() {
    PostgresTestResource.makeWritable(PostgresTestResource.DATABASE);
    await().atMost(PATIENCE).until(() -> given().get("/q/health/ready").statusCode() == 200);
  }

  @Test
  void saysSoAndRecoversByItself() {
    PostgresTestResource.makeReadOnly(PostgresTestResource.DATABASE);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                given()
                    .get("/q/health/ready")
                    .then()
                    .statusCode(503)
                    .body(
                        "checks.find { it.name == 'postgresql' }.data.reason",
                        containsString("takes no writes")));
    given()
        .contentType("application/json")
        .body(Documents.schedule("read-only", "{\"every\": \"PT1H\"}"))
        .post("/api/v1/schedules")
        .then()
        .statusCode(503)
        .body("detail", containsString("takes no writes"));

    PostgresTestResource.makeWritable(PostgresTestResource.DATABASE);

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                given()
                    .contentType("application/json")
                    .body(Documents.schedule("read-only", "{\"every\": \"PT1H\"}"))
                    .post("/api/v1/schedules")
                    .then()
                    .statusCode(201));
    given().delete("/api/v1/schedules/read-only").then().statusCode(equalTo(204));
  }
}
