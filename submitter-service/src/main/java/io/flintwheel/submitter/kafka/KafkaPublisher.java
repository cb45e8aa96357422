package io.flintwheel.submitter.kafka;

import io.flintwheel.events.Event;
import io.flintwheel.events.Topics;
import io.flintwheel.events.cloudevent.ContentMode;
import io.flintwheel.events.cloudevent.EventCodec;
import io.flintwheel.events.cloudevent.EventRecord;
import io.flintwheel.events.job.JobCommand;
import io.flintwheel.events.job.JobMessage;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes to Kafka, idempotently and to all replicas in sync.
 *
 * <p>A send gives up after {@link PublishConfig#patience}: whoever waits for it decides whether to
 * do the work again or to tell a caller that it is not known to have worked.
 */
@ApplicationScoped
class KafkaPublisher implements EventPublisher {

  private static final Duration LONGEST_CALL = Duration.ofSeconds(5);

  private final KafkaConnection connection;
  private final Duration patience;
  private final EventCodec codec = new EventCodec();
  private @Nullable Producer<byte[], byte[]> producer;

  KafkaPublisher(KafkaConnection connection, PublishConfig publishing) {
    this.connection = connection;
    this.patience = publishing.patience();
  }

  /** Made when it is needed: while no name of a broker can be resolved, it cannot be made. */
  private synchronized Producer<byte[], byte[]> producer() {
    if (producer == null) {
      producer = newProducer();
    }
    return producer;
  }

  private Producer<byte[], byte[]> newProducer() {
    var config = connection.config();
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    // Kafka wants a delivery to have the time of one call at least.
    Duration call = patience.compareTo(LONGEST_CALL) < 0 ? patience : LONGEST_CALL;
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) call.toMillis());
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patience.toMillis());
    // A dead letter is a request and its reasons; the topic's own limit decides.
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.DEAD_LETTER_TOPIC_MAX_MESSAGE_BYTES);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public CompletableFuture<Void> publish(Event<? extends JobMessage> event) {
    EventRecord encoded = codec.encode(event, ContentMode.BINARY);
    String topic = event.data() instanceof JobCommand ? Topics.JOB_REQUESTS : Topics.JOB_EVENTS;
    byte[] key = encoded.key() == null ? null : encoded.key().getBytes(StandardCharsets.UTF_8);
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key, encoded.value());
    encoded.headers().forEach(header -> record.headers().add(header.name(), header.value()));
    return send(record);
  }

  @Override
  public CompletableFuture<Void> deadLetter(DeadLetter letter) {
    return send(letter.toProducerRecord());
  }

  private CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> record) {
    CompletableFuture<Void> durable = new CompletableFuture<>();
    try {
      // The callback tells the same as the future.
      var unused =
          producer()
              .send(
                  record,
                  (metadata, failure) -> {
                    if (failure == null) {
                      durable.complete(null);
                    } else {
                      durable.completeExceptionally(failure);
                    }
                  });
    } catch (KafkaException e) {
      durable.completeExceptionally(e);
    }
    return durable;
  }

  @PreDestroy
  synchronized void close() {
    if (producer != null) {
      producer.close(Duration.ofSeconds(5));
    }
  }
}
