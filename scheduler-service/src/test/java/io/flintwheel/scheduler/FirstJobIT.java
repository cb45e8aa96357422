package io.flintwheel.scheduler;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.flintwheel.events.Topics;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.schedule.TickKind;
import io.flintwheel.events.schedule.TickRef;
import io.flintwheel.scheduler.database.Database;
import io.flintwheel.testing.KafkaTestResource;
import io.flintwheel.testing.PostgresTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(KafkaTestResource.class)
@WithTestResource(PostgresTestResource.class)
class FirstJobIT {

  @Inject Database database;

  @Test
  void letsGoOfWhatItClaimedWhenItHangs() {
    String timeout =
        database.inTransaction(
            connection -> {
              try (Statement statement = connection.createStatement();
                  ResultSet row =
                      statement.executeQuery("SHOW idle_in_transaction_session_timeout")) {
                row.next();
                return row.getString(1);
              }
            });

    assertThat(timeout).isEqualTo("10s");
  }

  @Test
  void requestsJobOnKafkaWhenScheduleComesDue() {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));

    given()
        .contentType("application/json")
        .body(Documents.schedule("first", "{\"every\": \"PT1S\"}"))
        .post("/api/v1/schedules")
        .then()
        .statusCode(201)
        .body("id", equalTo("first"))
        .body("links.self", equalTo("/api/v1/schedules/first"));

    try (TopicReader topic =
        new TopicReader(KafkaTestResource.kafka().bootstrapServers(), Topics.JOB_REQUESTS)) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                List<JobRequested> requests = topic.requestsOf("first");
                assertThat(requests).hasSizeGreaterThanOrEqualTo(2);
                JobRequested request = requests.get(0);
                TickRef tick = request.tick();
                assertThat(tick).isNotNull();
                assertThat(tick.kind()).isEqualTo(TickKind.SCHEDULED);
                assertThat(request.jobId())
                    .isEqualTo(tick.scheduleId().jobOf(tick.nominalTime(), tick.kind()));
                assertThat(request.labels()).containsEntry("team", "a");
              });
    }
    given().delete("/api/v1/schedules/first").then().statusCode(204);
  }
}
