package io.flintwheel.submitter.intake;

import io.flintwheel.events.Topics;
import io.flintwheel.events.cloudevent.Decoded;
import io.flintwheel.events.cloudevent.EventCodec;
import io.flintwheel.events.job.JobCancelRequested;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.JobSubmitted;
import io.flintwheel.submitter.kafka.KafkaConnection;
import io.flintwheel.submitter.kubernetes.CancelledAttempts;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What the topics say of jobs whose pods are gone: which are cancelled, and which have had a
 * driver. Whoever removed the pods may have been another replica, this one before it was started
 * again, or somebody with kubectl; so every replica reads all partitions, as far back as it is told
 * to.
 */
@ApplicationScoped
class JobMemory implements CancelledAttempts {

  private static final Logger LOG = Logger.getLogger(JobMemory.class);
  private static final int FIRST = 1000;
  private static final int AT_LEAST = 1000;

  /** Whoever was silent for so long may have been frozen, and asks what was said meanwhile. */
  private static final Duration GAP = Duration.ofSeconds(3);

  private static final Duration POLL = Duration.ofMillis(500);

  private final KafkaConnection connection;
  private final Duration memory;
  private final Backoff backoff;
  private final Clock clock;
  private final HeardJobs heard = new HeardJobs();
  private final EventCodec codec = new EventCodec();
  private final CountDownLatch caughtUp = new CountDownLatch(1);
  private volatile boolean started;

  /** In nanoseconds of the system's timer; null until the broker answers. */
  private volatile @Nullable Long answered;

  /** When it was last known that nothing is left to read; in nanoseconds as well. */
  private volatile long fresh = System.nanoTime() - GAP.toNanos();

  private volatile boolean behind = true;
  private volatile boolean gaveUp;
  private volatile String progress = "";

  private final CountDownLatch stopping = new CountDownLatch(1);

  JobMemory(KafkaConnection connection, IntakeConfig config, Clock clock) {
    this.connection = connection;
    this.memory = config.jobMemory();
    this.backoff = Patience.of(config).backoff();
    this.clock = clock;
  }

  /** Before requests are taken. */
  void start(@Observes @Priority(FIRST) StartupEvent event) {
    started = true;
    var unused = DaemonThreads.started(this::run, "job-memory");
  }

  void stop(@Observes ShutdownEvent event) {
    stopping.countDown();
  }

  /**
   * What a request is in the light of the cancels on the topic, but for those that follow it on its
   * own partition: they find what it has made, in their turn.
   */
  Standing standing(JobRequested request, RecordPlace place) {
    return heard.standing(request, place);
  }

  /** The last driver that a job has had, wherever its pod is now. */
  Optional<HeardJobs.Submitted> submitted(JobId jobId) {
    return heard.submitted(jobId);
  }

  /** Whether the attempt has had another driver than this. */
  boolean hadOtherDriver(JobRequested request, String uid) {
    return heard
        .submitted(request.jobId())
        .filter(before -> before.lastAttempt() >= request.attempt() && !before.uid().equals(uid))
        .isPresent();
  }

  @Override
  public Optional<String> reasonToStop(JobId jobId, int attempt) {
    return heard.cancelReason(jobId, attempt);
  }

  /**
   * Whether all that was said until some moments ago is known; or cannot be, and requests are taken
   * all the same.
   */
  boolean isFresh() {
    return !started || gaveUp || (!behind && System.nanoTime() - fresh < GAP.toNanos());
  }

  /** As {@link #isFresh}, after waiting for it. */
  boolean awaitFresh(Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!isFresh() && System.nanoTime() < end && stopping.getCount() > 0) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    return isFresh();
  }

  /**
   * Waits until what was on the topics at the start is known.
   *
   * @param withoutProgress so long from when the broker first answered, or from when something was
   *     last read: while it is away there are no requests either
   * @param goesOn given what is read, asked now and then; false ends the wait
   */
  void awaitPast(Duration withoutProgress, Predicate<String> goesOn) throws InterruptedException {
    while (started && goesOn.test(progress) && !caughtUp.await(100, TimeUnit.MILLISECONDS)) {
      Long since = answered;
      if (since != null && System.nanoTime() - since > withoutProgress.toNanos()) {
        LOG.warnf(
            "not all of the past is known, and requests are taken all the same: a job that was"
                + " cancelled or had ended may run again; withoutProgress=%s %s",
            withoutProgress, progress);
        gaveUp = true;
        return;
      }
    }
  }

  private void run() {
    int failures = 0;
    while (stopping.getCount() > 0) {
      try (KafkaConsumer<byte[], byte[]> consumer = newConsumer()) {
        List<TopicPartition> partitions =
            Stream.of(Topics.JOB_REQUESTS, Topics.JOB_EVENTS)
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        if (answered == null) {
          answered = System.nanoTime();
        }
        seek(consumer, partitions);
        behind = true;
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (stopping.getCount() > 0) {
          long turn = System.nanoTime();
          if (!behind && turn - fresh > GAP.toNanos()) {
            behind = true;
            ends = consumer.endOffsets(partitions);
          }
          if (behind && isRead(consumer, ends)) {
            behind = false;
            gaveUp = false;
            progress = "";
            caughtUp.countDown();
          }
          fresh = turn;
          ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
          records.forEach(this::hear);
          if (!records.isEmpty()) {
            answered = System.nanoTime();
          }
          failures = 0;
        }
      } catch (RuntimeException | LinkageError e) {
        failures++;
        LOG.debugf(
            e, "what is known of jobs cannot be read and is read anew; failures=%d", failures);
        pause(backoff.after(failures));
      }
    }
  }

  private boolean isRead(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    long left =
        ends.entrySet().stream()
            .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
            .sum();
    progress = "it reads what was said of jobs before it takes requests; records left: " + left;
    return left == 0;
  }

  private void seek(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    consumer.assign(partitions);
    long since = Instant.now(clock).minus(memory).toEpochMilli();
    Map<TopicPartition, OffsetAndTimestamp> offsets =
        consumer.offsetsForTimes(
            partitions.stream().collect(Collectors.toMap(each -> each, each -> since)));
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp offset = offsets.get(partition);
      long last = Math.max(begins.get(partition), ends.get(partition) - AT_LEAST);
      consumer.seek(partition, offset == null ? last : Math.min(offset.offset(), last));
    }
  }

  void hear(ConsumerRecord<byte[], byte[]> record) {
    if (UnopenedRecord.is(record) || isOfNoInterest(record)) {
      return;
    }
    Decoded decoded = codec.decode(PollLoop.eventRecord(record), Instant.EPOCH);
    if (decoded instanceof Decoded.Message message) {
      if (message.event().data() instanceof JobRequested request) {
        heard.requested(request);
      } else if (message.event().data() instanceof JobCancelRequested cancel) {
        heard.cancelled(cancel, RecordPlace.of(record));
      } else if (message.event().data() instanceof JobSubmitted submitted) {
        heard.submitted(submitted);
      }
    }
  }

  /** Most events are of executors; what they are is seen without reading them. */
  private static boolean isOfNoInterest(ConsumerRecord<byte[], byte[]> record) {
    Header type = record.headers().lastHeader("ce_type");
    return record.topic().equals(Topics.JOB_EVENTS)
        && type != null
        && type.value() != null
        && !JobSubmitted.TYPE.equals(new String(type.value(), StandardCharsets.UTF_8));
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
