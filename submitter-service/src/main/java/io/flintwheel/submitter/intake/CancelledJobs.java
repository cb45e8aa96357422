package io.flintwheel.submitter.intake;

import io.flintwheel.events.Topics;
import io.flintwheel.events.cloudevent.Decoded;
import io.flintwheel.events.cloudevent.EventCodec;
import io.flintwheel.events.job.JobCancelRequested;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.submitter.kafka.KafkaConnection;
import io.flintwheel.submitter.kubernetes.CancelledAttempts;
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
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs the topic says are cancelled. A cancel leaves no pod by which a request that comes
 * again could be recognised, and it may have been another replica's, or this one's before it was
 * started again; so every replica reads all partitions, as far back as it is told to.
 */
@ApplicationScoped
class CancelledJobs implements CancelledAttempts {

  private static final Logger LOG = Logger.getLogger(CancelledJobs.class);
  private static final int FIRST = 1000;
  private static final int AT_LEAST = 1000;
  private static final Duration POLL = Duration.ofMillis(500);

  private final KafkaConnection connection;
  private final Duration memory;
  private final Backoff backoff;
  private final Clock clock;
  private final RecentJobs heard = new RecentJobs();

  /** The first cancel of a job. */
  private final Map<JobId, Cancel> cancels = new RecentJobs.Recent<>();

  private final EventCodec codec = new EventCodec();
  private final CountDownLatch caughtUp = new CountDownLatch(1);
  private volatile boolean started;

  /** In nanoseconds of the system's timer; null until the broker answers. */
  private volatile @Nullable Long answered;

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

  /**
   * What a request is in the light of the cancels on the topic, but for those that follow it on its
   * own partition: they find what it has made, in their turn.
   */
  RecentJobs.Standing standing(JobRequested request, RecordPlace place) {
    Cancel cancel = cancelOf(request.jobId());
    return cancel == null || cancel.follows(place)
        ? RecentJobs.Standing.OPEN
        : heard.standing(request);
  }

  @Override
  public Optional<String> reasonToStop(JobId jobId, int attempt) {
    Cancel cancel = cancelOf(jobId);
    return cancel == null || attempt > heard.lastCancelled(jobId)
        ? Optional.empty()
        : Optional.of(cancel.reason());
  }

  private @Nullable Cancel cancelOf(JobId jobId) {
    synchronized (cancels) {
      return cancels.get(jobId);
    }
  }

  /**
   * Waits until what was on the topic at the start is known.
   *
   * @param atMost so long from when the broker first answered: while it is away there are no
   *     requests either
   * @param goesOn asked now and then; false ends the wait
   */
  void awaitPast(Duration atMost, BooleanSupplier goesOn) throws InterruptedException {
    while (started && goesOn.getAsBoolean() && !caughtUp.await(100, TimeUnit.MILLISECONDS)) {
      Long since = answered;
      if (since != null && System.nanoTime() - since > atMost.toNanos()) {
        LOG.warnf(
            "cancels of the past are not all known yet, and requests are taken all the same;"
                + " after=%s",
            atMost);
        return;
      }
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
        if (answered == null) {
          answered = System.nanoTime();
        }
        seek(consumer, partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (stopping.getCount() > 0) {
          if (caughtUp.getCount() > 0
              && partitions.stream().allMatch(p -> consumer.position(p) >= ends.get(p))) {
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

  /** Some of each in any case: time stamps are the clocks of publishers. */
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
    if (UnopenedRecord.is(record)) {
      return;
    }
    Decoded decoded = codec.decode(PollLoop.eventRecord(record), Instant.EPOCH);
    if (decoded instanceof Decoded.Message message) {
      if (message.event().data() instanceof JobRequested request) {
        heard.requestedFirst(request);
      } else if (message.event().data() instanceof JobCancelRequested cancel) {
        heard.cancelledAsAsked(cancel.jobId());
        synchronized (cancels) {
          cancels.putIfAbsent(cancel.jobId(), Cancel.of(cancel, record));
        }
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

  private record Cancel(RecordPlace place, String reason) {

    static Cancel of(JobCancelRequested cancel, ConsumerRecord<?, ?> record) {
      return new Cancel(RecordPlace.of(record), Objects.requireNonNullElse(cancel.reason(), ""));
    }

    boolean follows(RecordPlace request) {
      return place.partition() == request.partition() && place.offset() > request.offset();
    }
  }
}
