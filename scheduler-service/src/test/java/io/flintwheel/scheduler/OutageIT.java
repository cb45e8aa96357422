package io.flintwheel.scheduler;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.flintwheel.events.Topics;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.schedule.TickRef;
import io.flintwheel.testing.KafkaTestResource;
import io.flintwheel.testing.PostgresTestResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The service is started with neither Kafka nor PostgreSQL, and loses each of them later.
 *
 * <p>System property {@code flintwheel.test.outage}: for how long, 10 s by default; the whole
 * installation goes through 30 s in end-to-end.
 */
@QuarkusTest
@WithTestResource(AbsentAtStart.class)
class OutageIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration OUTAGE =
      Duration.parse(System.getProperty("flintwheel.test.outage", "PT10S"));

  /** With pauses that grow to five seconds there are about seven in the first ten seconds. */
  private static final double MOST_TRIES = 10 + OUTAGE.toSeconds();

  @Inject MeterRegistry metrics;

  @Test
  void losesNoTickWhenKafkaAndPostgresAreAwayAtStartAndLater() {
    assertNotReady("postgresql");
    assertNotReady("kafka");
    given()
        .contentType("application/json")
        .body(Documents.schedule("outage", "{\"every\": \"PT1S\"}"))
        .post("/api/v1/schedules")
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", "5");

    PostgresTestResource.postgres().restart();
    KafkaTestResource.kafka().restart();
    awaitReady();
    given()
        .contentType("application/json")
        .body(Documents.schedule("outage", "{\"every\": \"PT1S\"}"))
        .post("/api/v1/schedules")
        .then()
        .statusCode(201);
    TopicReader topic =
        new TopicReader(KafkaTestResource.kafka().bootstrapServers(), Topics.JOB_REQUESTS);
    awaitRequestsUntil(topic, Instant.now());

    KafkaTestResource.kafka().stop();
    assertNotReady("kafka");
    double tried = failures("flintwheel-relay");
    awaitEndOf(OUTAGE);
    assertThat(failures("flintwheel-relay") - tried).isLessThanOrEqualTo(MOST_TRIES);
    KafkaTestResource.kafka().restart();
    awaitReady();
    awaitRequestsUntil(topic, Instant.now());

    PostgresTestResource.postgres().stop();
    assertNotReady("postgresql");
    tried = failures("flintwheel-ticks");
    double relayTried = failures("flintwheel-relay");
    awaitEndOf(OUTAGE);
    assertThat(failures("flintwheel-ticks") - tried).isBetween(1.0, MOST_TRIES);
    assertThat(failures("flintwheel-relay") - relayTried).isBetween(1.0, MOST_TRIES);
    PostgresTestResource.postgres().restart();
    awaitReady();
    awaitRequestsUntil(topic, Instant.now());

    given().delete("/api/v1/schedules/outage").then().statusCode(204);
    await().atMost(PATIENCE).untilAsserted(() -> assertNoGap(nominalTimes(topic)));
    topic.close();
  }

  private double failures(String loop) {
    return metrics.get("flintwheel.loop.failures").tag("loop", loop).counter().count();
  }

  private static void assertNoGap(List<Instant> nominal) {
    for (int i = 1; i < nominal.size(); i++) {
      assertThat(Duration.between(nominal.get(i - 1), nominal.get(i)))
          .as("no tick is lost after %s", nominal.get(i - 1))
          .isEqualTo(Duration.ofSeconds(1));
    }
  }

  private static void assertNotReady(String culprit) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              given()
                  .get("/q/health/ready")
                  .then()
                  .statusCode(503)
                  .body("checks.find { it.name == '" + culprit + "' }.status", equalTo("DOWN"));
              given().get("/q/health/live").then().statusCode(200);
            });
  }

  private static void awaitReady() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
  }

  /** An outage lasts some time by its nature; meanwhile the service must stay alive. */
  private static void awaitEndOf(Duration outage) {
    Instant end = Instant.now().plus(outage);
    await()
        .atMost(PATIENCE)
        .until(
            () -> given().get("/q/health/live").statusCode() == 200 && Instant.now().isAfter(end));
  }

  private static void awaitRequestsUntil(TopicReader topic, Instant time) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(nominalTimes(topic)).isNotEmpty().last().matches(time::isBefore));
  }

  private static List<Instant> nominalTimes(TopicReader topic) {
    return topic.requestsOf("outage").stream()
        .map(JobRequested::tick)
        .filter(Objects::nonNull)
        .map(TickRef::nominalTime)
        .distinct()
        .sorted()
        .toList();
  }
}
