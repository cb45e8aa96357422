package io.flintwheel.status;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.fabric8.kubernetes.api.model.Pod;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobRunning;
import io.flintwheel.events.job.PodRef;
import io.flintwheel.testing.KafkaTestResource;
import io.flintwheel.testing.KubernetesTestResource;
import io.flintwheel.testing.PostgresTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The outside systems go away one by one, and come back. */
@QuarkusTest
@OnStatusService
class OutageIT {

  private final FakeKubelet kubelet = new FakeKubelet(KubernetesTestResource.client());
  private final String id = Jobs.newId();

  @AfterEach
  void isReadyAgain() {
    Health.awaitReady();
  }

  @Test
  void tellsWhatHappenedWhileKafkaWasAway() {
    Pod driver = kubelet.createDriver(id);
    kubelet.runs(driver);
    Jobs.awaitState(id, "RUNNING");
    KafkaTestResource.kafka().stop();
    try {
      Health.awaitDown("kafka");
      kubelet.succeeds(driver);
    } finally {
      KafkaTestResource.kafka().restart();
    }

    Jobs.awaitState(id, "SUCCEEDED");
  }

  @Test
  void losesNoEventWhileTheDatabaseIsAway() throws Exception {
    PostgresTestResource.postgres().stop();
    try (JobTopics topics = new JobTopics()) {
      Health.awaitDown("postgresql");
      get("/api/v1/jobs")
          .then()
          .statusCode(503)
          .contentType("application/problem+json")
          .body("status", equalTo(503))
          .body("expected", equalTo("the same request, later"))
          .body("problems.size()", equalTo(1));

      topics.publish(running());
    } finally {
      PostgresTestResource.postgres().restart();
    }

    Jobs.awaitState(id, "RUNNING");
  }

  /** As after a failover, or when its disk is full. */
  @Test
  void losesNoEventWhileTheDatabaseTakesNoWrites() throws Exception {
    PostgresTestResource.makeReadOnly("flintwheel_status");
    try (JobTopics topics = new JobTopics()) {
      Health.awaitDown("postgresql");
      topics.publish(running());
    } finally {
      PostgresTestResource.makeWritable("flintwheel_status");
    }

    Jobs.awaitState(id, "RUNNING");
  }

  @Test
  void keepsStreamsAliveWhileTheDatabaseIsAway() throws Exception {
    kubelet.createDriver(id);
    Jobs.awaitState(id, "PENDING");
    try (EventStream stream = EventStream.open("/api/v1/jobs/" + id + "/stream", null)) {
      PostgresTestResource.postgres().stop();
      try {
        Health.awaitDown("postgresql");
        long before = stream.comments();
        await().atMost(Duration.ofSeconds(30)).until(() -> stream.comments() > before + 1);
        assertThat(stream.hasEnded()).isFalse();
      } finally {
        PostgresTestResource.postgres().restart();
      }
    }
  }

  @Test
  void seesPodsAgainWhenTheApiServerIsBack() {
    Pod driver = kubelet.createDriver(id);
    Jobs.awaitState(id, "PENDING");
    KubernetesTestResource.apiServer().stop();
    try {
      Health.awaitDown("kubernetes");
      assertThat(Jobs.get(id).getString("state")).isEqualTo("PENDING");
    } finally {
      KubernetesTestResource.apiServer().restart();
    }

    kubelet.runs(driver);

    Jobs.awaitState(id, "RUNNING");
  }

  @Test
  void saysThatALogCannotBeReadWhileTheApiServerIsAway() {
    kubelet.runs(kubelet.createDriver(id));
    Jobs.awaitState(id, "RUNNING");
    KubernetesTestResource.apiServer().stop();
    try {
      get("/api/v1/jobs/" + id + "/logs")
          .then()
          .statusCode(503)
          .contentType("application/problem+json");
      get("/api/v1/jobs/" + id + "/logs?follow=true").then().statusCode(503);
    } finally {
      KubernetesTestResource.apiServer().restart();
    }
  }

  @Test
  void seesPodsAgainWhenWatchesWereDropped() {
    Pod driver = kubelet.createDriver(id);
    Jobs.awaitState(id, "PENDING");

    KubernetesTestResource.apiServer().faults().dropWatches();
    kubelet.runs(driver);

    Jobs.awaitState(id, "RUNNING");
  }

  private JobRunning running() {
    return new JobRunning(
        new JobId(id),
        JobTopics.UNWATCHED,
        1,
        PodRef.of(id + "-driver", "uid"),
        Instant.parse("2026-01-01T12:00:00Z"));
  }
}
