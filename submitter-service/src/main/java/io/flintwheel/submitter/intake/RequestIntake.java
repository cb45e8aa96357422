package io.flintwheel.submitter.intake;

import io.flintwheel.events.Topics;
import io.flintwheel.events.cloudevent.Decoded;
import io.flintwheel.events.cloudevent.EventCodec;
import io.flintwheel.events.cloudevent.EventRecord;
import io.flintwheel.events.cloudevent.Header;
import io.flintwheel.submitter.kafka.KafkaConnection;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * The poll loop: hands records to their lanes and commits what is done.
 *
 * <p>A consumer of our own and not a channel, because a cancel has to know what is committed, and
 * work has to stop when its partition goes to somebody else.
 */
@ApplicationScoped
class RequestIntake {

  private static final Logger LOG = Logger.getLogger(RequestIntake.class);
  private static final Duration IDLE_POLL = Duration.ofMillis(500);
  private static final Duration BUSY_POLL = Duration.ofMillis(20);
  private static final long MAX_SPAN = 2_000;

  private final RequestHandler handler;
  private final KafkaConnection connection;
  private final IntakeConfig config;
  private final IntakeMetrics metrics;
  private final EventCodec codec = new EventCodec();
  private final Backoff backoff = Backoff.standard();
  private final ExecutorService workers;
  private final ScheduledExecutorService timer;
  private final KeyLanes<Lane> lanes;
  private final Thread thread = new Thread(this::run, "job-requests-intake");
  private volatile boolean stopping;
  private volatile boolean consuming;

  RequestIntake(
      RequestHandler handler,
      KafkaConnection connection,
      IntakeConfig config,
      IntakeMetrics metrics) {
    this.handler = handler;
    this.connection = connection;
    this.config = config;
    this.metrics = metrics;
    this.workers = Executors.newFixedThreadPool(config.concurrency(), daemon("job-request-worker"));
    this.timer = Executors.newSingleThreadScheduledExecutor(daemon("job-request-timer"));
    this.lanes = new KeyLanes<>(workers, timer);
  }

  void start(@Observes StartupEvent event) {
    thread.setDaemon(true);
    thread.start();
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopping = true;
    thread.join(config.drainTimeout().plusSeconds(5).toMillis());
    timer.shutdownNow();
    workers.shutdownNow();
  }

  /** Whether the loop is running; it runs with and without a broker. */
  boolean isConsuming() {
    return consuming;
  }

  private void run() {
    int failures = 0;
    while (!stopping) {
      try (Consumer<byte[], byte[]> consumer = newConsumer()) {
        consuming = true;
        consume(consumer);
        return;
      } catch (RuntimeException e) {
        consuming = false;
        failures++;
        LOG.errorf(
            e,
            "taking requests failed and starts again; nothing was committed that is not done."
                + " failures=%d",
            failures);
        java.util.concurrent.locks.LockSupport.parkNanos(backoff.after(failures).toNanos());
      }
    }
  }

  private void consume(Consumer<byte[], byte[]> consumer) {
    PartitionOffsets offsets = new PartitionOffsets(consumer, config.drainTimeout());
    try {
      consumer.subscribe(List.of(Topics.JOB_REQUESTS), offsets);
      while (!stopping) {
        limit(consumer, offsets);
        for (ConsumerRecord<byte[], byte[]> record :
            consumer.poll(metrics.inFlight() > 0 ? BUSY_POLL : IDLE_POLL)) {
          accept(record, offsets);
        }
        offsets.commit();
      }
      offsets.drainAll();
      offsets.commit();
    } catch (WakeupException e) {
      LOG.debug("woken up");
    } finally {
      offsets.revokeAll();
    }
  }

  /** Heartbeats go on while nothing is taken. */
  private void limit(Consumer<byte[], byte[]> consumer, PartitionOffsets offsets) {
    List<TopicPartition> stuck = offsets.withSpanOver(MAX_SPAN);
    if (metrics.inFlight() >= config.maxInFlight()) {
      consumer.pause(consumer.assignment());
    } else {
      consumer.resume(consumer.paused().stream().filter(p -> !stuck.contains(p)).toList());
      consumer.pause(stuck);
    }
  }

  private void accept(ConsumerRecord<byte[], byte[]> record, PartitionOffsets offsets) {
    OffsetTracker tracker = offsets.tracker(new TopicPartition(record.topic(), record.partition()));
    tracker.delivered(record.offset());
    Decoded decoded = codec.decode(eventRecord(record), Instant.ofEpochMilli(record.timestamp()));
    lanes.add(
        Lane.of(record, decoded),
        new RequestTask(record, decoded, tracker, handler, backoff, metrics.start()));
  }

  private static EventRecord eventRecord(ConsumerRecord<byte[], byte[]> record) {
    List<Header> headers = new ArrayList<>();
    for (org.apache.kafka.common.header.Header header : record.headers()) {
      headers.add(new Header(header.key(), header.value() == null ? new byte[0] : header.value()));
    }
    String key = record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
    return new EventRecord(key, headers, record.value());
  }

  private Consumer<byte[], byte[]> newConsumer() {
    var settings = connection.config();
    settings.put("group.id", "flintwheel-submitter");
    settings.put("auto.offset.reset", "earliest");
    settings.put("enable.auto.commit", false);
    settings.put("isolation.level", "read_committed");
    settings.put(
        "partition.assignment.strategy",
        "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
    // What a killed replica held waits this long for another.
    settings.put("session.timeout.ms", 10_000);
    settings.put("heartbeat.interval.ms", 3_000);
    settings.put("max.poll.records", 100);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static java.util.concurrent.ThreadFactory daemon(String name) {
    return runnable -> {
      Thread thread = new Thread(runnable, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * Records of a lane are handled in order. The partition is part of it: a job's requests are in
   * one partition when their publisher follows the contract, and when not, two lanes must not wait
   * for each other's commits.
   */
  private record Lane(int partition, String key) {

    static Lane of(ConsumerRecord<byte[], byte[]> record, Decoded decoded) {
      String job =
          decoded instanceof Decoded.Message message
              ? message.event().data().jobId().value()
              : "offset " + record.offset();
      return new Lane(record.partition(), job);
    }
  }
}
