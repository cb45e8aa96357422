package io.flintwheel.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.cli.job.Verdicts.Verdict;
import io.flintwheel.events.Event;
import io.flintwheel.events.EventId;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.Topics;
import io.flintwheel.events.cloudevent.ContentMode;
import io.flintwheel.events.cloudevent.EventCodec;
import io.flintwheel.events.cloudevent.EventRecord;
import io.flintwheel.events.job.JobAccepted;
import io.flintwheel.events.job.JobConflicted;
import io.flintwheel.events.job.JobFact;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.JobSpec;
import io.flintwheel.local.kafka.LocalKafka;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.logging.LogManager;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictsIT {

  private static final URI SUBMITTER = Event.source("local", "submitter");
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final JobId JOB = JobId.parse("tonight");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private static Path directory;
  private static LocalKafka kafka;
  private static KafkaProducer<byte[], byte[]> producer;

  private Verdicts verdicts;

  @BeforeAll
  static void startKafka() {
    // The broker logs pages.
    LogManager.getLogManager().reset();
    kafka = LocalKafka.start(directory, 0);
    kafka.createTopics();
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterAll
  static void stopKafka() {
    producer.close();
    kafka.close();
  }

  @BeforeEach
  void listen() {
    // Of an earlier run of the same request: not a word on this one.
    tell(conflict(request(1), "long ago"));
    verdicts = Verdicts.listen(kafka.bootstrapServers());
  }

  @AfterEach
  void close() {
    verdicts.close();
  }

  @Test
  void hearsThatARequestIsInConflict() {
    tell(conflict(request(1), "it is another job"));

    Verdict verdict = verdicts.await(submission(request(1)), PATIENCE);

    assertThat(verdict).isEqualTo(new Verdict.Conflict("it is another job"));
  }

  @Test
  void takesNoConflictOfAnotherRequestForItsOwn() {
    tell(conflict(request(2), "the other one"));
    tell(accepted("another-job"));
    tell(accepted(JOB.value()));

    Verdict verdict = verdicts.await(submission(request(1)), PATIENCE);

    assertThat(verdict).isEqualTo(new Verdict.Taken());
  }

  @Test
  void saysSoWhenNobodySaysAnything() {
    Verdict verdict = verdicts.await(submission(request(1)), Duration.ofMillis(500));

    assertThat(verdict).isEqualTo(new Verdict.Silence());
  }

  private static Event<JobRequested> request(int partitions) {
    JobSpec spec =
        JobSpec.of(EventJson.mapper().createObjectNode().put("arguments", "" + partitions));
    return new Event<>(
        EventId.of("request", partitions),
        Submissions.SOURCE,
        NOW,
        JobRequested.of(JOB, "default", spec));
  }

  private static Submission submission(Event<JobRequested> request) {
    return new Submission(
        JOB.value(), new EventCodec().encode(request, ContentMode.STRUCTURED), List.of());
  }

  /** As the submitter-service tells it. */
  private static Event<JobFact> conflict(Event<JobRequested> request, String message) {
    return new Event<>(
        EventId.of(
            JobConflicted.TYPE,
            request.source(),
            request.id(),
            JOB,
            request.data().spec().digest()),
        SUBMITTER,
        NOW,
        new JobConflicted(JOB, "default", 1, message));
  }

  private static Event<JobFact> accepted(String job) {
    return new Event<>(
        EventId.of(JobAccepted.TYPE, job),
        SUBMITTER,
        NOW,
        new JobAccepted(JobId.parse(job), "default", 1, List.of()));
  }

  private static void tell(Event<JobFact> fact) {
    EventRecord record = new EventCodec().encode(fact, ContentMode.BINARY);
    byte[] key = fact.data().jobId().value().getBytes(StandardCharsets.UTF_8);
    ProducerRecord<byte[], byte[]> sent =
        new ProducerRecord<>(Topics.JOB_EVENTS, key, record.value());
    record.headers().forEach(header -> sent.headers().add(header.name(), header.value()));
    var unused = producer.send(sent);
    producer.flush();
  }
}
