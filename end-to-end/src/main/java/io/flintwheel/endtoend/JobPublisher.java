package io.flintwheel.endtoend;

import io.flintwheel.events.Event;
import io.flintwheel.events.EventId;
import io.flintwheel.events.Topics;
import io.flintwheel.events.cloudevent.ContentMode;
import io.flintwheel.events.cloudevent.EventCodec;
import io.flintwheel.events.cloudevent.EventRecord;
import io.flintwheel.events.job.JobCancelRequested;
import io.flintwheel.events.job.JobCommand;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.JobSpec;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A publisher with a stock Kafka producer, as any team would have. */
public final class JobPublisher implements AutoCloseable {

  private static final URI SOURCE = URI.create("https://orders.example.com/checkout");

  private final KafkaProducer<String, byte[]> producer;
  private final EventCodec codec = new EventCodec();
  private final Clock clock;

  public JobPublisher(String bootstrapServers, Clock clock) {
    this.clock = clock;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "acks", "all",
                "linger.ms", 0,
                "delivery.timeout.ms", 60_000,
                "request.timeout.ms", 5_000),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** Publishes a request in binary mode; returns when the broker has it. */
  public void request(JobId jobId, JobSpec spec) {
    publish(event(JobRequested.of(jobId, "default", spec)), ContentMode.BINARY);
  }

  /** Publishes a cancel request; returns when the broker has it. */
  public void cancel(JobId jobId, String reason) {
    publish(event(new JobCancelRequested(jobId, reason)), ContentMode.BINARY);
  }

  /** A request as an event of its own, to be published as often as wanted. */
  public Event<JobCommand> event(JobCommand command) {
    return new Event<>(new EventId(UUID.randomUUID().toString()), SOURCE, clock.instant(), command);
  }

  /** Publishes an event; returns when the broker has it. */
  public void publish(Event<JobCommand> event, ContentMode mode) {
    EventRecord record = codec.encode(event, mode);
    ProducerRecord<String, byte[]> produced =
        new ProducerRecord<>(Topics.JOB_REQUESTS, record.key(), record.value());
    record.headers().forEach(header -> produced.headers().add(header.name(), header.value()));
    send(produced);
  }

  /** Publishes what somebody wrote by hand; returns when the broker has it. */
  public void publish(Map<String, String> headers, String value) {
    ProducerRecord<String, byte[]> produced =
        new ProducerRecord<>(Topics.JOB_REQUESTS, null, value.getBytes(StandardCharsets.UTF_8));
    headers.forEach(
        (name, text) -> produced.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    send(produced);
  }

  private void send(ProducerRecord<String, byte[]> produced) {
    try {
      producer.send(produced).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker did not take the event", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while publishing", e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
