package io.flintwheel.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flintwheel.events.Topics;
import io.flintwheel.events.job.JobFact;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobRunning;
import io.flintwheel.events.job.JobSubmitted;
import io.flintwheel.events.job.PodRef;
import io.flintwheel.testing.KafkaTestResource;
import io.flintwheel.testing.KubernetesTestResource;
import io.flintwheel.testing.PostgresTestResource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas share the partitions, and these move while the database is away. */
class RebalanceIT {

  private static final int JOBS = 60;

  private final String id = Jobs.newId();

  @BeforeAll
  static void startOutsideSystems() {
    KafkaTestResource.kafka();
    KubernetesTestResource.apiServer();
    PostgresTestResource.postgres().createDatabase("flintwheel_status");
  }

  @Test
  void projectsEveryEventOnceWhenPartitionsMoveDuringAnOutage(@TempDir Path directory)
      throws Exception {
    Path first = Files.createDirectory(directory.resolve("first"));
    Path second = Files.createDirectory(directory.resolve("second"));
    try (ServiceProcess survivor = ServiceProcess.start(first);
        ServiceProcess victim = ServiceProcess.start(second);
        JobTopics topics = new JobTopics()) {
      victim.isAsked();
      Health.awaitReady();
      survivor.isAsked();
      Health.awaitReady();
      PostgresTestResource.postgres().stop();
      try {
        Health.awaitDown("postgresql");
        publish(topics, 0, JOBS / 3);
        passThrough();
        publish(topics, JOBS / 3, 2 * JOBS / 3);
        victim.kill();
        publish(topics, 2 * JOBS / 3, JOBS);
      } finally {
        PostgresTestResource.postgres().restart();
      }

      Jobs.awaitState(id(JOBS - 1), "RUNNING");
      List<String> wrong = new ArrayList<>();
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                wrong.clear();
                for (int i = 0; i < JOBS; i++) {
                  if (!Jobs.timeline(id(i)).equals(List.of("running", "submitted"))) {
                    wrong.add(id(i));
                  }
                }
                assertThat(wrong).isEmpty();
              });
      assertThat(Jobs.get(id(0)).getInt("attempts.size()")).isEqualTo(1);
    }
  }

  /** A member that takes partitions over, reads them, and leaves without having stored anything. */
  private static void passThrough() {
    try (KafkaConsumer<byte[], byte[]> passer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", KafkaTestResource.kafka().bootstrapServers(),
                "group.id", "flintwheel-status",
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      passer.subscribe(List.of(Topics.JOB_EVENTS, Topics.JOB_REQUESTS));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> !passer.poll(Duration.ofMillis(100)).isEmpty());
    }
  }

  private void publish(JobTopics topics, int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      JobId job = new JobId(id(i));
      PodRef driver = PodRef.of(job + "-driver", "uid-" + job);
      List<JobFact> facts =
          List.of(
              new JobSubmitted(job, JobTopics.UNWATCHED, 1, driver, "spark-1", null),
              new JobRunning(job, JobTopics.UNWATCHED, 1, driver, Instant.EPOCH));
      for (JobFact fact : facts) {
        topics.publish(fact);
      }
    }
  }

  private String id(int i) {
    return id + "-" + i;
  }
}
