package io.flintwheel.submitter.intake;

import io.flintwheel.events.Event;
import io.flintwheel.events.cloudevent.ContentMode;
import io.flintwheel.events.cloudevent.EventCodec;
import io.flintwheel.events.cloudevent.EventRecord;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobMessage;
import io.flintwheel.submitter.TestConfig;
import io.flintwheel.submitter.kafka.FakePublisher;
import io.flintwheel.submitter.kafka.KafkaConnections;
import io.flintwheel.submitter.kubernetes.Clusters;
import io.flintwheel.submitter.kubernetes.FakeCluster;
import io.flintwheel.submitter.policy.NamespacePolicies;
import io.flintwheel.submitter.review.Reviewers;
import io.flintwheel.submitter.spark.SparkDriverBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * An intake on a fake cluster; jobs may run in the namespaces {@code broken} and {@code default}.
 */
final class Intakes {

  /** Little of everything, so that a test reaches the limits. */
  record Limits(int concurrency, int maxInFlight, Duration drainTimeout, Backoff retries)
      implements IntakeConfig {

    static final int MAX_SPAN = 100;

    Limits(int concurrency, int maxInFlight, Duration drainTimeout) {
      this(
          concurrency,
          maxInFlight,
          drainTimeout,
          new Backoff(Duration.ofMillis(10), Duration.ofMillis(200)));
    }

    @Override
    public int maxSpan() {
      return MAX_SPAN;
    }

    @Override
    public Duration jobMemory() {
      return Duration.ofHours(1);
    }

    @Override
    public Duration patienceWithRights() {
      return Duration.ofMinutes(10);
    }

    @Override
    public Duration firstRetry() {
      return retries.first();
    }

    @Override
    public Duration longestRetry() {
      return retries.limit();
    }
  }

  final TestConfig config = new TestConfig(Set.of("default", "broken"));
  final FakeCluster cluster = new FakeCluster();
  final FakePublisher broker = new FakePublisher();
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final IntakeMetrics metrics = new IntakeMetrics(registry);
  private JobMemory memory = jobMemory("localhost:1");
  private RequestHandler handler = handler();
  private RequestIntake intake;

  private RequestHandler handler() {
    RecentJobs recent = new RecentJobs();
    KnownJobs known = new KnownJobs(Clusters.cancellation(cluster, config), recent, memory);
    Reporting reporting = new Reporting(new Announcements(config, Clock.systemUTC()), broker);
    return new RequestHandler(
        Reviewers.of(config),
        new SparkDriverBuilder(),
        Clusters.drivers(cluster, config),
        Clusters.withdrawal(cluster, config, hearing -> {}),
        Clusters.cancellation(cluster, config),
        recent,
        known,
        reporting,
        new UnusableRecords(recent, known, reporting));
  }

  /** Of no job, as long as it is not started. */
  static JobMemory jobMemory(String bootstrapServers) {
    return new JobMemory(
        KafkaConnections.to(bootstrapServers),
        new Limits(1, 1, Duration.ofSeconds(1)),
        Clock.systemUTC());
  }

  /** As another process, which remembers nothing and has read the topic. */
  RequestIntake startAnew(String bootstrapServers, Limits limits) throws InterruptedException {
    close();
    memory = jobMemory(bootstrapServers);
    memory.start(new StartupEvent());
    handler = handler();
    return start(bootstrapServers, limits);
  }

  /** Waits for a past that nobody can tell. */
  RequestIntake startUnread(Limits limits) {
    memory.start(new StartupEvent());
    return start("localhost:1", limits);
  }

  /** As if the event had been read from some partition just now. */
  void hears(Event<? extends JobMessage> event) {
    EventRecord record = new EventCodec().encode(event, ContentMode.STRUCTURED);
    memory.hear(new ConsumerRecord<>("t", 0, 0, null, record.value()));
  }

  Optional<String> reasonToStop(String jobId) {
    return memory.reasonToStop(new JobId(jobId), 1);
  }

  /** Takes requests from a broker. */
  RequestIntake start(String bootstrapServers, Limits limits) {
    intake = intake(bootstrapServers, limits);
    intake.start(new StartupEvent());
    return intake;
  }

  RequestIntake intake(String bootstrapServers, Limits limits) {
    return new RequestIntake(
        handler,
        memory,
        KafkaConnections.to(bootstrapServers),
        Clusters.drivers(cluster, config),
        limits,
        metrics,
        new Shares(NamespacePolicies.of(config), limits, metrics));
  }

  /** Takes requests from whatever the supplier makes, or throws. */
  RequestIntake start(Limits limits, Supplier<Consumer<byte[], byte[]>> consumers) {
    intake =
        new RequestIntake(
            handler,
            memory,
            KafkaConnections.to("localhost:1"),
            Clusters.drivers(cluster, config),
            limits,
            metrics,
            new Shares(NamespacePolicies.of(config), limits, metrics)) {
          @Override
          Consumer<byte[], byte[]> newConsumer() {
            return consumers.get();
          }
        };
    intake.start(new StartupEvent());
    return intake;
  }

  void close() throws InterruptedException {
    if (intake != null) {
      intake.stop(new ShutdownEvent());
    }
    memory.stop(new ShutdownEvent());
  }
}
