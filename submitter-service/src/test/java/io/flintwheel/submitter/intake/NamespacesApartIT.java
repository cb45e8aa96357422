package io.flintwheel.submitter.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flintwheel.events.Event;
import io.flintwheel.events.Topics;
import io.flintwheel.events.cloudevent.ContentMode;
import io.flintwheel.events.cloudevent.EventCodec;
import io.flintwheel.events.cloudevent.EventRecord;
import io.flintwheel.events.job.JobMessage;
import io.flintwheel.local.kafka.LocalKafka;
import io.flintwheel.submitter.Requests;
import io.flintwheel.submitter.kubernetes.FakeCluster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A namespace in which nothing can be created does not stop another, on a broker of its own. */
class NamespacesApartIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PARTITION = 0;
  private static final int STUCK = 20;

  @TempDir Path directory;

  private final Intakes intakes = new Intakes();
  private final EventCodec codec = new EventCodec();
  private LocalKafka kafka;
  private KafkaProducer<byte[], byte[]> producer;

  @BeforeEach
  void start() {
    kafka = LocalKafka.start(directory, 0);
    kafka.createTopics();
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterEach
  void stop() throws Exception {
    intakes.close();
    producer.close(Duration.ZERO);
    kafka.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 403})
  void servesTheOtherNamespaceWhileOneRefusesEverything(int status) throws Exception {
    intakes.cluster.trouble(
        "broken",
        () -> {
          throw status == 500
              ? FakeCluster.unavailable()
              : FakeCluster.refusal(403, "Forbidden", "pods is forbidden");
        });
    publishStuckRequests();
    publish(Requests.inNamespace("fine", "default"));

    intakes.start(kafka.bootstrapServers(), new Intakes.Limits(2, 4, Duration.ofSeconds(1)));

    await().atMost(PATIENCE).until(() -> intakes.broker.typesOf("fine").contains("submitted"));
    assertThat(intakes.cluster.pods).containsOnlyKeys("fine-driver");
    assertThat(intakes.metrics.inFlight("broken")).isEqualTo(4);
  }

  @Test
  void servesTheOtherNamespaceWhileCallsForOneHang() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    intakes.cluster.trouble("broken", () -> awaitQuietly(never));
    publishStuckRequests();
    publish(Requests.inNamespace("fine", "default"));

    intakes.start(kafka.bootstrapServers(), new Intakes.Limits(2, 4, Duration.ofSeconds(1)));

    await().atMost(PATIENCE).until(() -> intakes.broker.typesOf("fine").contains("submitted"));
    never.countDown();
  }

  @Test
  void takesEverythingInOrderOnceTheNamespaceIsWell() throws Exception {
    intakes.cluster.trouble(
        "broken",
        () -> {
          throw FakeCluster.unavailable();
        });
    publishStuckRequests();
    publish(Deliveries.cancel("stuck-" + (STUCK - 1)));
    publish(Requests.inNamespace("fine", "default"));
    intakes.start(kafka.bootstrapServers(), new Intakes.Limits(2, 4, Duration.ofSeconds(1)));
    await().atMost(PATIENCE).until(() -> intakes.broker.typesOf("fine").contains("submitted"));

    intakes.cluster.heal("broken");

    await().atMost(PATIENCE).until(() -> committed() == STUCK + 2);
    for (int n = 0; n < STUCK; n++) {
      assertThat(intakes.broker.typesOf("stuck-" + n)).containsExactly("accepted", "submitted");
    }
    assertThat(intakes.cluster.pods)
        .hasSize(STUCK)
        .containsKeys("fine-driver", "stuck-0-driver")
        .doesNotContainKey("stuck-" + (STUCK - 1) + "-driver");
  }

  private void publishStuckRequests() throws Exception {
    for (int n = 0; n < STUCK; n++) {
      publish(Requests.inNamespace("stuck-" + n, "broken"));
    }
  }

  private void publish(Event<? extends JobMessage> event) throws Exception {
    EventRecord encoded = codec.encode(event, ContentMode.STRUCTURED);
    byte[] key = encoded.key().getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>(Topics.JOB_REQUESTS, PARTITION, key, encoded.value())).get();
  }

  private long committed() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      var offset =
          admin
              .listConsumerGroupOffsets("flintwheel-submitter")
              .partitionsToOffsetAndMetadata()
              .get()
              .get(new TopicPartition(Topics.JOB_REQUESTS, PARTITION));
      return offset == null ? -1 : offset.offset();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
