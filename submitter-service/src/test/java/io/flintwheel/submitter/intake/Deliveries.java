package io.flintwheel.submitter.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.Event;
import io.flintwheel.events.EventId;
import io.flintwheel.events.cloudevent.ContentMode;
import io.flintwheel.events.cloudevent.Decoded;
import io.flintwheel.events.cloudevent.EventCodec;
import io.flintwheel.events.cloudevent.EventRecord;
import io.flintwheel.events.job.JobCancelRequested;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobMessage;
import io.flintwheel.submitter.TestConfig;
import io.flintwheel.submitter.kafka.FakePublisher;
import io.flintwheel.submitter.kubernetes.Clusters;
import io.flintwheel.submitter.kubernetes.FakeCluster;
import io.flintwheel.submitter.review.Reviewers;
import io.flintwheel.submitter.spark.DriverBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records as the poll loop delivers them, on a fake cluster and a fake broker. */
final class Deliveries {

  private static final EventCodec CODEC = new EventCodec();

  /** Of a partition that nobody can have taken. */
  static final Hold HELD =
      new Hold() {
        @Override
        public boolean isRevoked() {
          return false;
        }

        @Override
        public boolean isCertain() {
          return true;
        }
      };

  private static final Patience PATIENCE =
      new Patience(
          new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5)), Duration.ofSeconds(30));

  final TestConfig config = TestConfig.standard();
  final FakeCluster cluster;
  final FakePublisher broker;

  /** Work that waits until every replica has heard what was told. */
  final List<Runnable> onceAllHaveHeard = new ArrayList<>();

  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final IntakeMetrics metrics = new IntakeMetrics(registry);
  final OffsetTracker offsets = new OffsetTracker();
  final Membership membership = new Membership();
  final JobMemory memory;
  private final RequestHandler handler;
  private long nextOffset;

  Deliveries(DriverBuilder builder) {
    this(builder, new FakeCluster(), new FakePublisher());
  }

  /** A replica beside others. */
  Deliveries(DriverBuilder builder, FakeCluster cluster, FakePublisher broker) {
    this(builder, cluster, broker, Intakes.jobMemory("localhost:1"));
  }

  Deliveries(DriverBuilder builder, FakeCluster cluster, FakePublisher broker, JobMemory memory) {
    this.cluster = cluster;
    this.broker = broker;
    this.memory = memory;
    membership.confirmed(System.nanoTime() + Duration.ofHours(1).toNanos());
    RecentJobs recent = new RecentJobs();
    KnownJobs known = new KnownJobs(Clusters.cancellation(cluster, config), recent, memory);
    Reporting reporting = new Reporting(new Announcements(config, Clock.systemUTC()), broker);
    handler =
        new RequestHandler(
            Reviewers.standard(),
            builder,
            Clusters.drivers(cluster),
            Clusters.withdrawal(cluster, config, onceAllHaveHeard::add),
            Clusters.cancellation(cluster, config),
            recent,
            known,
            reporting,
            new UnusableRecords(recent, known, reporting));
  }

  /** Delivers, handles and commits. */
  void run(Event<? extends JobMessage> event) {
    assertThat(task(event).run()).isEmpty();
    offsets.committable().ifPresent(offsets::committed);
  }

  RequestTask task(Event<? extends JobMessage> event) {
    EventRecord encoded = CODEC.encode(event, ContentMode.STRUCTURED);
    return task(encoded.key(), encoded.value());
  }

  RequestTask task(String key, byte[] value) {
    byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("flintwheel.job-requests.v1", 3, nextOffset, keyBytes, value);
    offsets.delivered(nextOffset++);
    Decoded decoded = CODEC.decode(new EventRecord(key, List.of(), value));
    return new RequestTask(
        record, decoded, offsets, membership, handler, PATIENCE, metrics.start("default"));
  }

  /** As if an event had been read from a place of the topic just now. */
  void hears(Event<? extends JobMessage> event, int partition, long offset) {
    byte[] value = CODEC.encode(event, ContentMode.STRUCTURED).value();
    memory.hear(new ConsumerRecord<>("flintwheel.job-requests.v1", partition, offset, null, value));
  }

  static Event<JobMessage> cancel(String jobId) {
    return new Event<>(
        EventId.of("cancel", jobId),
        URI.create("urn:flintwheel:test:tests"),
        Instant.parse("2026-03-01T10:00:00Z"),
        new JobCancelRequested(new JobId(jobId), "because"));
  }
}
