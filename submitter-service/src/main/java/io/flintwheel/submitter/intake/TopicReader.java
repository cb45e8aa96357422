package io.flintwheel.submitter.intake;

import io.flintwheel.submitter.DaemonThreads;
import io.flintwheel.submitter.kafka.KafkaConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads topics from some time ago on, all partitions, and knows until when it has read everything:
 * it asks the broker for the ends, and what was said before the question is read when they are
 * reached. An answer without records tells nothing, it may be an old one. Times are those of {@link
 * System#nanoTime()}, which goes on while a process is stopped.
 */
final class TopicReader {

  private static final Logger LOG = Logger.getLogger(TopicReader.class);
  private static final Duration POLL = Duration.ofMillis(500);

  /** How often the broker is asked at the least. */
  private static final Duration QUESTION = Duration.ofSeconds(1);

  /** Of each partition, whatever its time stamps: they are the clocks of publishers. */
  private static final int AT_LEAST = 1000;

  private final List<String> topics;
  private final Duration memory;
  private final KafkaConnection connection;
  private final Backoff backoff;
  private final Clock clock;
  private final Consumer<ConsumerRecord<byte[], byte[]>> heard;
  private final CountDownLatch first = new CountDownLatch(1);
  private final CountDownLatch stopping = new CountDownLatch(1);

  /** All that was said until then is read; long ago before the first time. */
  private volatile long known = System.nanoTime() - Duration.ofDays(1).toNanos();

  /** Somebody waits for all that was said until then. */
  private volatile long wanted = known;

  private volatile @Nullable KafkaConsumer<byte[], byte[]> reading;

  /** Empty while the broker does not answer at all, which its own readiness tells. */
  private volatile String progress = "";

  TopicReader(
      List<String> topics,
      Duration memory,
      KafkaConnection connection,
      Backoff backoff,
      Clock clock,
      Consumer<ConsumerRecord<byte[], byte[]>> heard) {
    this.topics = List.copyOf(topics);
    this.memory = memory;
    this.connection = connection;
    this.backoff = backoff;
    this.clock = clock;
    this.heard = heard;
  }

  void start() {
    var unused = DaemonThreads.started(this::run, "job-memory");
  }

  void stop() {
    stopping.countDown();
    wake();
  }

  /** What keeps it from having read everything for the first time; empty when it has. */
  String progress() {
    return first.getCount() == 0 ? "" : progress;
  }

  /** How long ago everything was read. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - known);
  }

  /** Waits a moment until everything was read for the first time. */
  boolean awaitFirst() throws InterruptedException {
    return first.await(100, TimeUnit.MILLISECONDS);
  }

  /** Waits until all that was said before this is read; false when it is not in time. */
  boolean awaitAllUntilNow(Duration atMost) {
    long now = System.nanoTime();
    long left = atMost.toNanos();
    while (known - now < 0 && left > 0 && stopping.getCount() > 0) {
      awaitNews(now, left);
      left = now + atMost.toNanos() - System.nanoTime();
    }
    return known - now >= 0;
  }

  private synchronized void awaitNews(long until, long atMost) {
    if (wanted - until < 0) {
      wanted = until;
      wake();
    }
    try {
      if (known - until < 0) {
        TimeUnit.NANOSECONDS.timedWait(this, atMost);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncertainException("interrupted while it waited for what was said of jobs");
    }
  }

  private synchronized void allIsKnown(long until) {
    known = until;
    first.countDown();
    notifyAll();
  }

  private void wake() {
    KafkaConsumer<byte[], byte[]> consumer = reading;
    if (consumer != null) {
      consumer.wakeup();
    }
  }

  private void run() {
    int failures = 0;
    while (stopping.getCount() > 0) {
      try (KafkaConsumer<byte[], byte[]> consumer = newConsumer();
          KafkaConsumer<byte[], byte[]> asking = newConsumer()) {
        List<TopicPartition> partitions =
            topics.stream().flatMap(topic -> partitionsOf(topic, consumer)).toList();
        progress = "it asks the broker what was said of jobs before";
        seek(consumer, partitions);
        failures = 0;
        reading = consumer;
        read(consumer, asking, partitions);
      } catch (RuntimeException | LinkageError e) {
        failures++;
        progress =
            e instanceof TimeoutException
                ? ""
                : "what was said of jobs before cannot be read: " + e.getMessage();
        LOG.debugf(e, "what was said of jobs is read anew; failures=%d", failures);
        pause(backoff.after(failures));
      } finally {
        reading = null;
      }
    }
  }

  /**
   * Reads on.
   *
   * @param asking has a connection of its own: on one, the broker answers in order, and a fetch
   *     that finds nothing is answered late
   */
  private void read(
      KafkaConsumer<byte[], byte[]> consumer,
      KafkaConsumer<byte[], byte[]> asking,
      List<TopicPartition> partitions) {
    Map<TopicPartition, Long> ends = Map.of();
    long asked = known;
    while (stopping.getCount() > 0) {
      try {
        long now = System.nanoTime();
        if (ends.isEmpty() && (wanted - known > 0 || now - known > QUESTION.toNanos())) {
          ends = asking.endOffsets(partitions);
          asked = now;
        }
        if (!ends.isEmpty() && left(consumer, ends) == 0) {
          ends = Map.of();
          allIsKnown(asked);
        }
        if (!ends.isEmpty() || wanted - known <= 0) {
          consumer.poll(POLL).forEach(heard);
        }
      } catch (WakeupException e) {
        LOG.trace("somebody waits for what was said until now");
      }
    }
  }

  private long left(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    long left =
        ends.entrySet().stream()
            .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
            .sum();
    progress = "it reads what was said of jobs before it takes requests; records left: " + left;
    return left;
  }

  private static Stream<TopicPartition> partitionsOf(
      String topic, KafkaConsumer<byte[], byte[]> consumer) {
    List<PartitionInfo> partitions = consumer.partitionsFor(topic);
    if (partitions == null || partitions.isEmpty()) {
      throw new IllegalStateException("there is no topic " + topic + " yet");
    }
    return partitions.stream()
        .map(partition -> new TopicPartition(partition.topic(), partition.partition()));
  }

  private void seek(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    consumer.assign(partitions);
    long since = Instant.now(clock).minus(memory).toEpochMilli();
    Map<TopicPartition, OffsetAndTimestamp> offsets =
        consumer.offsetsForTimes(
            partitions.stream().collect(Collectors.toMap(each -> each, each -> since)));
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    int atLeast = memory.isZero() ? 0 : AT_LEAST;
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp offset = offsets.get(partition);
      long last = Math.max(begins.get(partition), ends.get(partition) - atLeast);
      consumer.seek(partition, offset == null ? last : Math.min(offset.offset(), last));
    }
  }

  private void pause(Duration pause) {
    try {
      var unused = stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      stopping.countDown();
    }
  }

  /** Of no group: each replica reads everything. */
  private KafkaConsumer<byte[], byte[]> newConsumer() {
    var settings = connection.config();
    settings.remove("group.id");
    settings.put("enable.auto.commit", false);
    settings.put("auto.offset.reset", "earliest");
    settings.put("isolation.level", "read_committed");
    // Else an answer has a megabyte of each partition, and on a slow link never comes in time.
    settings.put("fetch.max.bytes", 1024 * 1024);
    settings.put("max.partition.fetch.bytes", 256 * 1024);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
