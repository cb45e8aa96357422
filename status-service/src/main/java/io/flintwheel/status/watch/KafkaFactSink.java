package io.flintwheel.status.watch;

import io.flintwheel.events.Event;
import io.flintwheel.events.Topics;
import io.flintwheel.events.cloudevent.ContentMode;
import io.flintwheel.events.cloudevent.EventCodec;
import io.flintwheel.events.cloudevent.EventRecord;
import io.flintwheel.events.job.JobFact;
import io.flintwheel.status.KafkaConnection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes facts to {@link Topics#JOB_EVENTS} as binary CloudEvents. */
@Singleton
class KafkaFactSink implements FactSink {

  private final KafkaConnection connection;
  private final MeterRegistry metrics;
  private final Counter failures;
  private final EventCodec codec = new EventCodec();
  private final Producer<String, byte[]> producer;

  KafkaFactSink(KafkaConnection connection, MeterRegistry metrics) {
    this.connection = connection;
    this.metrics = metrics;
    this.failures =
        Counter.builder("flintwheel.events.publish.failures")
            .description("Facts that could not be published and are told again")
            .register(metrics);
    this.producer = producer();
  }

  @Override
  public CompletionStage<Void> tell(Event<JobFact> fact) {
    EventRecord event = codec.encode(fact, ContentMode.BINARY);
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(Topics.JOB_EVENTS, event.key(), event.value());
    event.headers().forEach(header -> record.headers().add(header.name(), header.value()));
    CompletableFuture<Void> told = new CompletableFuture<>();
    try {
      var unused =
          producer.send(
              record,
              (metadata, failure) -> {
                if (failure == null) {
                  published(fact.data().type());
                  told.complete(null);
                } else {
                  failures.increment();
                  told.completeExceptionally(failure);
                }
              });
    } catch (KafkaException e) {
      failures.increment();
      told.completeExceptionally(e);
    }
    return told;
  }

  void stop(@Observes ShutdownEvent event) {
    producer.close(Duration.ofSeconds(2));
  }

  private void published(String type) {
    Counter.builder("flintwheel.events.published")
        .description("Facts that are durable in Kafka")
        .tag("type", type)
        .register(metrics)
        .increment();
  }

  private Producer<String, byte[]> producer() {
    Map<String, Object> settings = new HashMap<>(connection.client());
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, connection.bootstrapServers());
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    // Short, because what is not told is told anew from the pod's state of then.
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
    settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000);
    settings.put(ProducerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
    return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }
}
