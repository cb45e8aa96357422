package io.flintwheel.scheduler.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flintwheel.events.Topics;
import io.flintwheel.local.kafka.LocalKafka;
import io.flintwheel.scheduler.outbox.KafkaConnection;
import io.quarkus.runtime.StartupEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaWatchIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;

  @Test
  void tellsMissingTopicByNameUntilItIsThere() {
    LocalKafka kafka = LocalKafka.start(directory, 0);
    KafkaWatch watch =
        new KafkaWatch(new KafkaConnection(Map.of("bootstrap.servers", kafka.bootstrapServers())));
    try {
      watch.start(new StartupEvent());
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(watch.trouble())
                      .hasValue("topic " + Topics.JOB_REQUESTS + " is missing"));

      kafka.createTopics();

      await().atMost(PATIENCE).untilAsserted(() -> assertThat(watch.trouble()).isEmpty());
    } finally {
      watch.close();
      kafka.close();
    }
  }
}
