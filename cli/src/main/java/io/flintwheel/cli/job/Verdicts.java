package io.flintwheel.cli.job;

import io.flintwheel.cli.CliFailure;
import io.flintwheel.events.Event;
import io.flintwheel.events.EventId;
import io.flintwheel.events.Topics;
import io.flintwheel.events.cloudevent.Decoded;
import io.flintwheel.events.cloudevent.EventCodec;
import io.flintwheel.events.cloudevent.EventRecord;
import io.flintwheel.events.cloudevent.Header;
import io.flintwheel.events.job.JobAccepted;
import io.flintwheel.events.job.JobCancelled;
import io.flintwheel.events.job.JobConflicted;
import io.flintwheel.events.job.JobMessage;
import io.flintwheel.events.job.JobRejected;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.JobSubmissionFailed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What the submitter-service says of requests for jobs that are known already. It says so in events
 * alone: a conflict changes nothing about the job that was there first, so that whoever asks for
 * the job would take its state for an answer.
 */
final class Verdicts implements AutoCloseable {

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(15);
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final EventCodec codec = new EventCodec();
  private final List<Event<JobMessage>> heard = new ArrayList<>();

  private Verdicts(KafkaConsumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** Hears all that is told from now on; to be called before a request is published. */
  static Verdicts listen(String bootstrapServers) {
    return listen(bootstrapServers, REQUEST_TIMEOUT);
  }

  /**
   * @param timeout how long Kafka may take to answer
   */
  static Verdicts listen(String bootstrapServers, Duration timeout) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("default.api.timeout.ms", (int) timeout.toMillis());
    try {
      var consumer =
          new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
      try {
        List<TopicPartition> partitions =
            consumer.partitionsFor(Topics.JOB_EVENTS).stream()
                .map(each -> new TopicPartition(each.topic(), each.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Seeking alone waits for the first poll, which may come after the verdict.
        partitions.forEach(consumer::position);
        return new Verdicts(consumer);
      } catch (KafkaException e) {
        consumer.close();
        throw e;
      }
    } catch (KafkaException e) {
      if (KafkaTrouble.noAnswer(e)) {
        throw new CliFailure(KafkaTrouble.noAnswerFrom(bootstrapServers), e);
      }
      String why = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
      throw new CliFailure("Kafka at " + bootstrapServers + " cannot be read: " + why, e);
    }
  }

  /**
   * Waits for the word on a request.
   *
   * @param patience after which nothing has been said
   */
  Verdict await(Submission submission, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      for (Event<JobMessage> event : heard) {
        Optional<Verdict> verdict = verdict(submission, event);
        if (verdict.isPresent()) {
          return verdict.get();
        }
      }
      if (System.nanoTime() > deadline) {
        return new Verdict.Silence();
      }
      consumer.poll(POLL).forEach(this::hear);
    }
  }

  /** What a request has come to. */
  sealed interface Verdict {

    /** The job is the requested one. */
    record Taken() implements Verdict {}

    /** The job is another one. */
    record Conflict(String message) implements Verdict {}

    /** Nobody has said anything in time. */
    record Silence() implements Verdict {}
  }

  private Optional<Verdict> verdict(Submission submission, Event<JobMessage> told) {
    JobMessage message = told.data();
    if (!message.jobId().value().equals(submission.jobId())) {
      return Optional.empty();
    }
    if (message instanceof JobConflicted conflicted) {
      return Optional.of(told.id())
          .filter(id -> conflictOf(submission).filter(id::equals).isPresent())
          .map(id -> new Verdict.Conflict(conflicted.message()));
    }
    boolean decided =
        message instanceof JobAccepted
            || message instanceof JobRejected
            || message instanceof JobSubmissionFailed
            || message instanceof JobCancelled;
    return decided ? Optional.of(new Verdict.Taken()) : Optional.empty();
  }

  /** The id that the submitter-service gives to the conflict of this very request. */
  private Optional<EventId> conflictOf(Submission submission) {
    return codec.decode(submission.record()) instanceof Decoded.Message request
            && request.event().data() instanceof JobRequested job
        ? Optional.of(JobConflicted.idOf(request.event().source(), request.event().id(), job))
        : Optional.empty();
  }

  private void hear(ConsumerRecord<byte[], byte[]> record) {
    List<Header> headers =
        StreamSupport.stream(record.headers().spliterator(), false)
            .map(header -> new Header(header.key(), header.value()))
            .toList();
    String key = record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
    if (codec.decode(new EventRecord(key, headers, record.value()))
        instanceof Decoded.Message message) {
      heard.add(message.event());
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
