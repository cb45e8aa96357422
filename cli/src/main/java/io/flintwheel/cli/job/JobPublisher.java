package io.flintwheel.cli.job;

import io.flintwheel.cli.CliFailure;
import io.flintwheel.events.Topics;
import io.flintwheel.events.cloudevent.EventRecord;
import io.flintwheel.events.cloudevent.Header;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A plain Kafka producer, as anybody would write one. */
public final class JobPublisher implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final String bootstrapServers;
  private final Duration timeout;
  private final KafkaProducer<byte[], byte[]> producer;

  public JobPublisher(String bootstrapServers) {
    this(bootstrapServers, TIMEOUT);
  }

  /**
   * @param timeout how long Kafka may take to answer
   */
  JobPublisher(String bootstrapServers, Duration timeout) {
    this.bootstrapServers = bootstrapServers;
    this.timeout = timeout;
    try {
      this.producer =
          new KafkaProducer<>(
              Map.of(
                  "bootstrap.servers",
                  bootstrapServers,
                  "acks",
                  "all",
                  "max.block.ms",
                  Long.toString(timeout.toMillis()),
                  // Closing waits for what has been asked of a broker that does not answer.
                  "request.timeout.ms",
                  Long.toString(timeout.toMillis())),
              new ByteArraySerializer(),
              new ByteArraySerializer());
    } catch (KafkaException e) {
      String why = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
      throw new CliFailure("Kafka cannot be spoken to: " + why, e);
    }
  }

  /** Returns when the request is durable in Kafka. */
  public void publish(EventRecord event) {
    byte[] key = event.key() == null ? null : event.key().getBytes(StandardCharsets.UTF_8);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(Topics.JOB_REQUESTS, key, event.value());
    for (Header header : event.headers()) {
      record.headers().add(header.name(), header.value());
    }
    try {
      producer.send(record).get(timeout.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new CliFailure(
          KafkaTrouble.noAnswer(e.getCause())
              ? KafkaTrouble.noAnswerFrom(bootstrapServers)
              : "Kafka at %s did not take the event: %s"
                  .formatted(bootstrapServers, e.getCause().getMessage()),
          e);
    } catch (TimeoutException e) {
      throw new CliFailure(KafkaTrouble.noAnswerFrom(bootstrapServers), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliFailure("Interrupted while publishing", e);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
