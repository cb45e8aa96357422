package io.flintwheel.submitter.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flintwheel.events.Event;
import io.flintwheel.events.Topics;
import io.flintwheel.events.cloudevent.ContentMode;
import io.flintwheel.events.cloudevent.EventCodec;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.submitter.Requests;
import io.flintwheel.submitter.kubernetes.FakeCluster;
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
  private static final TopicPartition OTHER_PARTITION = new TopicPartition(Topics.JOB_REQUESTS, 1);
  private static final int SPAN = Intakes.Limits.MAX_SPAN;

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
  void holdsUpEveryNamespaceInThePartitionOfAStuckRequestAndNoOtherPartition() {
    partitionHeldByAStuckRequest();

    consumer.schedulePollTask(() -> consumer.addRecord(record(PARTITION, SPAN + 1, "late")));
    consumer.schedulePollTask(() -> consumer.addRecord(record(OTHER_PARTITION, 0, "other")));

    await().atMost(PATIENCE).until(() -> intakes.broker.typesOf("other").contains("submitted"));
    assertThat(intakes.broker.typesOf("late")).isEmpty();
    assertThat(heldPartitions()).isEqualTo(1);
  }

  @Test
  void readsAPartitionFurtherOnceItsStuckRequestIsDone() {
    partitionHeldByAStuckRequest();
    consumer.schedulePollTask(() -> consumer.addRecord(record(PARTITION, SPAN + 1, "late")));

    intakes.cluster.heal("broken");

    await().atMost(PATIENCE).until(() -> intakes.broker.typesOf("late").contains("submitted"));
    await().atMost(PATIENCE).until(() -> heldPartitions() == 0);
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

  /** Its first request is stuck, and more were read and put away than may be behind it. */
  private void partitionHeldByAStuckRequest() {
    intakes.cluster.trouble(
        "broken",
        () -> {
          throw FakeCluster.unavailable();
        });
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L, OTHER_PARTITION, 0L));
    consumer.schedulePollTask(
        () -> {
          consumer.rebalance(List.of(PARTITION, OTHER_PARTITION));
          consumer.addRecord(record(PARTITION, 0, Requests.inNamespace("stuck", "broken")));
          for (int offset = 1; offset <= SPAN; offset++) {
            consumer.addRecord(
                new ConsumerRecord<>(
                    PARTITION.topic(), PARTITION.partition(), offset, null, new byte[] {'{'}));
          }
        });
    intakes.start(new Intakes.Limits(4, 2 * SPAN, PATIENCE), () -> consumer);
    await().atMost(PATIENCE).until(() -> heldPartitions() == 1);
  }

  private double heldPartitions() {
    return intakes.registry.get("flintwheel.submitter.partitions.held").gauge().value();
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
    return record(PARTITION, offset, jobId);
  }

  private static ConsumerRecord<byte[], byte[]> record(
      TopicPartition partition, long offset, String jobId) {
    return record(partition, offset, Requests.sparkPi(jobId));
  }

  private static ConsumerRecord<byte[], byte[]> record(
      TopicPartition partition, long offset, Event<JobRequested> request) {
    var encoded = new EventCodec().encode(request, ContentMode.STRUCTURED);
    return new ConsumerRecord<>(
        partition.topic(), partition.partition(), offset, null, encoded.value());
  }

  private static void waitFor(CountDownLatch latch, Duration limit) {
    try {
      var unused = latch.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
