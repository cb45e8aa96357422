package io.flintwheel.submitter.intake;

import io.flintwheel.events.Topics;
import io.flintwheel.events.cloudevent.Decoded;
import io.flintwheel.events.cloudevent.EventCodec;
import io.flintwheel.events.job.JobCancelRequested;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.submitter.kafka.KafkaConnection;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * Which jobs the topic says are cancelled. A cancel leaves no pod by which a request that comes
 * again could be recognised, and it may have been another replica's, or this one's before it was
 * started again; so every replica reads all partitions, as far back as it is told to.
 */
@ApplicationScoped
class CancelledJobs {

  private static final Logger LOG = Logger.getLogger(CancelledJobs.class);
  private static final int FIRST = 1000;
  private static final Duration POLL = Duration.ofMillis(500);

  private final KafkaConnection connection;
  private final Duration memory;
  private final Backoff backoff;
  private final Clock clock;
  private final RecentJobs heard = new RecentJobs();
  private final EventCodec codec = new EventCodec();
  private final CountDownLatch caughtUp = new CountDownLatch(1);
  private volatile boolean started;
  private final CountDownLatch stopping = new CountDownLatch(1);

  CancelledJobs(KafkaConnection connection, IntakeConfig config, Clock clock) {
    this.connection = connection;
    this.memory = config.cancelMemory();
    this.backoff = Patience.of(config).backoff();
    this.clock = clock;
  }

  /** Before requests are taken. */
  void start(@Observes @Priority(FIRST) StartupEvent event) {
    started = true;
    var unused = DaemonThreads.started(this::run, "job-cancels");
  }

  void stop(@Observes ShutdownEvent event) {
    stopping.countDown();
  }

  /** What a request is in the light of all cancels on the topic. */
  RecentJobs.Standing standing(JobRequested request) {
    return heard.standing(request);
  }

  /** Waits until what was on the topic at the start is known, but not for ever. */
  void awaitPast(Duration atMost) throws InterruptedException {
    if (started && !caughtUp.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.debugf("cancels of the past are not known yet; after=%s", atMost);
    }
  }

  private void run() {
    int failures = 0;
    while (stopping.getCount() > 0) {
      try (KafkaConsumer<byte[], byte[]> consumer = newConsumer()) {
        List<TopicPartition> partitions =
            consumer.partitionsFor(Topics.JOB_REQUESTS).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        seek(consumer, partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (stopping.getCount() > 0) {
          boolean past = partitions.stream().allMatch(p -> consumer.position(p) >= ends.get(p));
          if (past) {
            caughtUp.countDown();
          }
          consumer.poll(POLL).forEach(this::hear);
          failures = 0;
        }
      } catch (RuntimeException | LinkageError e) {
        failures++;
        LOG.debugf(e, "cancels cannot be read and are read anew; failures=%d", failures);
        pause(backoff.after(failures));
      }
    }
  }

  private void seek(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    consumer.assign(partitions);
    long since = Instant.now(clock).minus(memory).toEpochMilli();
    Map<TopicPartition, OffsetAndTimestamp> offsets =
        consumer.offsetsForTimes(
            partitions.stream().collect(Collectors.toMap(each -> each, each -> since)));
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp offset = offsets.get(partition);
      if (offset == null) {
        consumer.seekToEnd(List.of(partition));
      } else {
        consumer.seek(partition, offset.offset());
      }
    }
  }

  private void hear(ConsumerRecord<byte[], byte[]> record) {
    if (UnopenedRecord.is(record)) {
      return;
    }
    Decoded decoded = codec.decode(PollLoop.eventRecord(record), Instant.EPOCH);
    if (decoded instanceof Decoded.Message message) {
      if (message.event().data() instanceof JobRequested request) {
        heard.requestedFirst(request);
      } else if (message.event().data() instanceof JobCancelRequested cancel) {
        heard.cancelledAsAsked(cancel.jobId());
      }
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
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
