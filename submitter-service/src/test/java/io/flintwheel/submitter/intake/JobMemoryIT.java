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
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was cancelled stays so after a restart, whatever partition the cancel was on. */
class JobMemoryIT {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Intakes.Limits LIMITS = new Intakes.Limits(2, 4, Duration.ofSeconds(1));
  private static final int REQUESTS = 0;
  private static final int CANCELS = 1;

  @TempDir Path directory;

  private final Intakes intakes = new Intakes();
  private final EventCodec codec = new EventCodec();
  private LocalKafka kafka;
  private KafkaProducer<byte[], byte[]> producer;

  @BeforeEach
  void start() throws Exception {
    kafka = LocalKafka.start(directory, 0);
    kafka.createTopics();
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    intakes.start(kafka.bootstrapServers(), LIMITS);
  }

  @AfterEach
  void stop() throws Exception {
    intakes.close();
    producer.close(Duration.ZERO);
    kafka.close();
  }

  @Test
  void doesNotRunACancelledJobWhoseRequestComesAgainAfterARestart() throws Exception {
    runAndCancel("pi");
    intakes.startAnew(kafka.bootstrapServers(), LIMITS);

    publish(Requests.sparkPi("pi"), REQUESTS);

    await().atMost(PATIENCE).until(() -> intakes.broker.typesOf("pi").contains("cancelled"));
    assertThat(intakes.cluster.pods).isEmpty();
  }

  @Test
  void tellsAnotherRequestForItAsAConflictAfterARestart() throws Exception {
    runAndCancel("pi");
    intakes.startAnew(kafka.bootstrapServers(), LIMITS);

    publish(Requests.withSpec("pi", Requests.SPEC + "arguments: [\"7\"]"), REQUESTS);

    await().atMost(PATIENCE).until(() -> intakes.broker.typesOf("pi").contains("conflicted"));
    assertThat(intakes.cluster.pods).isEmpty();
  }

  @Test
  void takesBackADriverThatWasMadeWhileItsJobWasCancelled() throws Exception {
    intakes.startAnew(kafka.bootstrapServers(), LIMITS);
    intakes.cluster.trouble("default", () -> cancelElsewhere("pi"));

    publish(Requests.sparkPi("pi"), REQUESTS);

    await().atMost(PATIENCE).until(() -> intakes.broker.typesOf("pi").contains("submitted"));
    assertThat(intakes.cluster.pods).isEmpty();
  }

  /** A cancel that this process hears of, while it is about to create the pod. */
  private void cancelElsewhere(String jobId) {
    intakes.hears(Deliveries.cancel(jobId));
  }

  /** While it is away there are no requests either, and its past is not known. */
  @Test
  void waitsForABrokerThatIsAwayHoweverLongReadingMayTake() throws Exception {
    JobMemory memory = Intakes.jobMemory("localhost:1");
    memory.start(new StartupEvent());
    AtomicInteger turns = new AtomicInteger(5);

    memory.awaitPast(progress -> turns.decrementAndGet() > 0);

    memory.stop(new ShutdownEvent());
    assertThat(turns).hasValue(0);
  }

  @Test
  void doesNotRunAJobAgainWhoseDriverPodIsGone() throws Exception {
    runAndForget("pi");

    publish(Requests.sparkPi("pi"), REQUESTS);
    publish(Requests.sparkPi("after"), REQUESTS);

    await().atMost(PATIENCE).until(() -> intakes.broker.typesOf("after").contains("submitted"));
    assertThat(intakes.cluster.pods).containsOnlyKeys("after-driver");
    assertThat(intakes.broker.typesOf("pi")).isEmpty();
  }

  @Test
  void tellsAnotherRequestForAJobWhoseDriverPodIsGoneAsAConflict() throws Exception {
    runAndForget("pi");

    publish(Requests.withSpec("pi", Requests.SPEC + "arguments: [\"7\"]"), REQUESTS);

    await().atMost(PATIENCE).until(() -> intakes.broker.typesOf("pi").contains("conflicted"));
    assertThat(intakes.cluster.pods).isEmpty();
    assertThat(intakes.broker.deadLetters).hasSize(1);
  }

  @Test
  void tellsAWrongRequestForAJobWhoseDriverPodIsGoneAsAConflict() throws Exception {
    runAndForget("pi");

    publish(Requests.withSpec("pi", "type: Wrong"), REQUESTS);

    await().atMost(PATIENCE).until(() -> intakes.broker.typesOf("pi").contains("conflicted"));
    assertThat(intakes.broker.typesOf("pi")).doesNotContain("rejected");
  }

  @Test
  void leavesAJobThatHadEndedBeforeItsCancelAsItIs() throws Exception {
    publish(Requests.sparkPi("pi"), REQUESTS);
    await().atMost(PATIENCE).until(() -> intakes.broker.typesOf("pi").contains("submitted"));
    intakes.cluster.phase("pi-driver", "Succeeded");
    publish(Deliveries.cancel("pi"), CANCELS);
    intakes.startAnew(kafka.bootstrapServers(), LIMITS);
    intakes.broker.events.clear();

    publish(Requests.sparkPi("pi"), REQUESTS);

    await().atMost(PATIENCE).until(() -> intakes.broker.typesOf("pi").contains("submitted"));
    assertThat(intakes.broker.typesOf("pi")).doesNotContain("cancelled");
  }

  /** The clock of whoever published it is two hours slow, the memory is one hour. */
  @Test
  void readsTheLastRecordsWhateverTheirTimeStamps() throws Exception {
    long slow = Instant.now().minus(Duration.ofHours(2)).toEpochMilli();
    publish(Requests.sparkPi("pi"), REQUESTS, slow);
    publish(Deliveries.cancel("pi"), CANCELS, slow);

    intakes.startAnew(kafka.bootstrapServers(), LIMITS);

    await().atMost(PATIENCE).until(() -> intakes.reasonToStop("pi").isPresent());
  }

  @Test
  void tellsWhyADriverThatIsThereAllTheSameIsToBeStopped() {
    intakes.hears(Requests.sparkPi("pi"));

    intakes.hears(Deliveries.cancel("pi"));

    assertThat(intakes.reasonToStop("pi")).contains("because");
    assertThat(intakes.reasonToStop("another")).isEmpty();
  }

  /** Its facts are on the topic, its pod and the process that made it are no more. */
  private void runAndForget(String jobId) throws Exception {
    publish(Requests.sparkPi(jobId), REQUESTS);
    await().atMost(PATIENCE).until(() -> intakes.broker.typesOf(jobId).contains("submitted"));
    for (Event<? extends JobMessage> fact : List.copyOf(intakes.broker.events)) {
      EventRecord encoded = codec.encode(fact, ContentMode.BINARY);
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(
              Topics.JOB_EVENTS, encoded.key().getBytes(StandardCharsets.UTF_8), encoded.value());
      encoded.headers().forEach(header -> record.headers().add(header.name(), header.value()));
      var unused = producer.send(record).get();
    }
    intakes.cluster.pods.clear();
    intakes.startAnew(kafka.bootstrapServers(), LIMITS);
    intakes.broker.events.clear();
  }

  private void runAndCancel(String jobId) throws Exception {
    publish(Requests.sparkPi(jobId), REQUESTS);
    await().atMost(PATIENCE).until(() -> intakes.cluster.pods.containsKey(jobId + "-driver"));
    publish(Deliveries.cancel(jobId), CANCELS);
    await().atMost(PATIENCE).until(() -> intakes.cluster.pods.isEmpty());
  }

  private void publish(Event<? extends JobMessage> event, int partition) throws Exception {
    publish(event, partition, Instant.now().toEpochMilli());
  }

  private void publish(Event<? extends JobMessage> event, int partition, long timestamp)
      throws Exception {
    byte[] value = codec.encode(event, ContentMode.STRUCTURED).value();
    var unused =
        producer
            .send(new ProducerRecord<>(Topics.JOB_REQUESTS, partition, timestamp, null, value))
            .get();
  }
}
