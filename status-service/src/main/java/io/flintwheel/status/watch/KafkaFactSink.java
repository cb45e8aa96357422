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
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Publishes facts to {@link Topics#JOB_EVENTS} as binary CloudEvents. */
@Singleton
class KafkaFactSink implements FactSink {

  private static final Logger LOG = Logger.getLogger(KafkaFactSink.class);

  private final KafkaConnection connection;
  private final MeterRegistry metrics;
  private final Counter failures;
  private final EventCodec codec = new EventCodec();
  private @Nullable Producer<String, byte[]> producer;

  KafkaFactSink(KafkaConnection connection, MeterRegistry metrics) {
    this.connection = connection;
    this.metrics = metrics;
    this.failures =
        Counter.builder("flintwheel.events.publish.failures")
            .description("Facts that could not be published and are told again")
            .register(metrics);
  }

  @Override
  public CompletionStage<Void> tell(Event<JobFact> fact) {
    CompletableFuture<Void> told = new CompletableFuture<>();
    try {
      var unused =
          producer()
              .send(
                  record(fact),
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
    } catch (RuntimeException e) {
      // Told of, because trying again may never help.
      LOG.errorf(e, "fact cannot be published: type=%s", fact.data().type());
      failures.increment();
      told.completeExceptionally(e);
    }
    return told;
  }

  synchronized void stop(@Observes ShutdownEvent event) {
    if (producer != null) {
      producer.close(Duration.ofSeconds(2));
    }
  }

  private ProducerRecord<String, byte[]> record(Event<JobFact> fact) {
    EventRecord event = codec.encode(fact, ContentMode.BINARY);
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(Topics.JOB_EVENTS, event.key(), event.value());
    event.headers().forEach(header -> record.headers().add(header.name(), header.value()));
    return record;
  }

  private void published(String type) {
    Counter.builder("flintwheel.events.published")
        .description("Facts that are durable in Kafka")
        .tag("type", type)
        .register(metrics)
        .increment();
  }

  /** Made when first needed, because it cannot be made while Kafka's names do not resolve. */
  private synchronized Producer<String, byte[]> producer() {
    if (producer == null) {
      producer = newProducer();
    }
    return producer;
  }

  private Producer<String, byte[]> newProducer() {
    Map<String, Object> settings = new HashMap<>(connection.client());
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
