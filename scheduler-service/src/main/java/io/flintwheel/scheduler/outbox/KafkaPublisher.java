package io.flintwheel.scheduler.outbox;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** The producer. */
@Singleton
class KafkaPublisher implements EventPublisher {

  private final KafkaConnection connection;
  private @Nullable KafkaProducer<String, byte[]> producer;

  KafkaPublisher(KafkaConnection connection) {
    this.connection = connection;
  }

  @Override
  public CompletableFuture<Void> publish(OutboxRow row) {
    CompletableFuture<Void> published = new CompletableFuture<>();
    try {
      ProducerRecord<String, byte[]> record =
          new ProducerRecord<>(row.topic(), row.key(), row.value());
      row.headers()
          .properties()
          .forEach(
              header ->
                  record
                      .headers()
                      .add(
                          header.getKey(),
                          header.getValue().asText().getBytes(StandardCharsets.UTF_8)));
      var unused =
          producer()
              .send(
                  record,
                  (metadata, failure) -> {
                    if (failure == null) {
                      published.complete(null);
                    } else {
                      published.completeExceptionally(
                          failure instanceof TimeoutException
                              ? new UnreachableException(failure)
                              : failure);
                    }
                  });
    } catch (KafkaException e) {
      // Its configuration does not resolve, or it is closed.
      published.completeExceptionally(new UnreachableException(e));
    }
    return published;
  }

  /** Made when first needed, because it cannot be made while Kafka's names do not resolve. */
  private synchronized KafkaProducer<String, byte[]> producer() {
    if (producer == null) {
      producer = new KafkaProducer<>(settings(), new StringSerializer(), new ByteArraySerializer());
    }
    return producer;
  }

  Map<String, Object> settings() {
    return connection.with(
        Map.of(
            ProducerConfig.CLIENT_ID_CONFIG, "flintwheel-scheduler",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
            ProducerConfig.ACKS_CONFIG, "all",
            // Bounded, so that a relay does not hold its transaction through an outage.
            ProducerConfig.MAX_BLOCK_MS_CONFIG, 3_000,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 8_000,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 12_000,
            ProducerConfig.LINGER_MS_CONFIG, 0));
  }

  @PreDestroy
  synchronized void close() {
    if (producer != null) {
      producer.close(Duration.ofSeconds(2));
    }
  }
}
