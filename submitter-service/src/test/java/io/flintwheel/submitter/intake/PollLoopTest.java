package io.flintwheel.submitter.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flintwheel.events.Topics;
import io.flintwheel.events.cloudevent.ContentMode;
import io.flintwheel.events.cloudevent.EventCodec;
import io.flintwheel.submitter.Requests;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the loop makes of a consumer that jumps back or fails. */
class PollLoopTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final TopicPartition PARTITION = new TopicPartition(Topics.JOB_REQUESTS, 0);

  private final Intakes.Limits limits = new Intakes.Limits(4, 4, PATIENCE);
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final Intakes intakes = new Intakes();

  @AfterEach
  void stop() throws Exception {
    intakes.close();
  }

  @Test
  void takesTheRequestsOfATopicThatWasMadeAnew() {
    assignedWith("a", "b");
    intakes.start(limits, () -> consumer);
    await().atMost(PATIENCE).until(() -> intakes.broker.typesOf("b").contains("submitted"));

    consumer.schedulePollTask(
        () -> {
          consumer.seek(PARTITION, 0);
          consumer.addRecord(record(0, "c"));
        });

    await().atMost(PATIENCE).until(() -> intakes.broker.typesOf("c").contains("submitted"));
  }

  @Test
  void letsACreateThatIsUnderWayEndBeforeItStartsAgain() {
    CountDownLatch creating = new CountDownLatch(1);
    CountDownLatch startedAgain = new CountDownLatch(1);
    intakes.cluster.trouble(
        "default",
        () -> {
          creating.countDown();
          waitFor(startedAgain, Duration.ofSeconds(1));
        });
    assignedWith("a");
    consumer.schedulePollTask(
        () -> {
          waitFor(creating, PATIENCE);
          consumer.setPollException(new KafkaException("a test"));
        });
    Queue<List<String>> podsAtStart = new ConcurrentLinkedQueue<>();

    intakes.start(
        limits,
        () -> {
          podsAtStart.add(List.copyOf(intakes.cluster.pods.keySet()));
          boolean first = podsAtStart.size() == 1;
          if (!first) {
            startedAgain.countDown();
          }
          return first ? consumer : new MockConsumer<>("earliest");
        });

    await().atMost(PATIENCE).until(() -> podsAtStart.size() == 2);
    assertThat(podsAtStart).containsExactly(List.of(), List.of("a-driver"));
  }

  private void assignedWith(String... jobIds) {
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.schedulePollTask(
        () -> {
          consumer.rebalance(List.of(PARTITION));
          for (int offset = 0; offset < jobIds.length; offset++) {
            consumer.addRecord(record(offset, jobIds[offset]));
          }
        });
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset, String jobId) {
    var encoded = new EventCodec().encode(Requests.sparkPi(jobId), ContentMode.STRUCTURED);
    return new ConsumerRecord<>(
        PARTITION.topic(), PARTITION.partition(), offset, null, encoded.value());
  }

  private static void waitFor(CountDownLatch latch, Duration limit) {
    try {
      var unused = latch.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
