package io.flintwheel.status.projection;

import io.flintwheel.events.Event;
import io.flintwheel.events.Topics;
import io.flintwheel.events.cloudevent.Decoded;
import io.flintwheel.events.cloudevent.EventCodec;
import io.flintwheel.events.cloudevent.EventRecord;
import io.flintwheel.events.cloudevent.Header;
import io.flintwheel.events.job.JobMessage;
import io.flintwheel.status.KafkaConnection;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the job topics and stores them, a batch at a time. An offset is committed after its row is:
 * what is read twice is known by its event id.
 *
 * <p>While the database is away the partitions are paused and the batch is kept, so that the group
 * keeps its member and nothing is lost. Partitions may move meanwhile: who gets one reads it from
 * its last committed offset, who lost one stores what he holds of it all the same.
 */
@Singleton
class EventConsumer {

  private static final Logger LOG = Logger.getLogger(EventConsumer.class);
  static final String NAME = "event-consumer";

  private static final Duration POLL = Duration.ofMillis(500);

  private final KafkaConnection connection;
  private final SchemaMigration schema;
  private final BatchStore store;
  private final ProjectionMetrics metrics;
  private final EventCodec codec = new EventCodec();
  private final Clock clock;
  private final StandingThread thread = new StandingThread(NAME, this::consume);
  private volatile @Nullable Consumer<String, byte[]> current;

  EventConsumer(
      KafkaConnection connection,
      SchemaMigration schema,
      BatchStore store,
      ProjectionMetrics metrics,
      Clock clock) {
    this.connection = connection;
    this.schema = schema;
    this.store = store;
    this.metrics = metrics;
    this.clock = clock;
  }

  void start(@Observes StartupEvent event) {
    thread.start();
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    thread.stop();
    Consumer<String, byte[]> consumer = current;
    if (consumer == null) {
      thread.interrupt();
    } else {
      consumer.wakeup();
    }
    thread.join();
  }

  /** False while the consumer fails, however well Kafka and the database are. */
  boolean works() {
    return thread.works();
  }

  private void consume() throws InterruptedException {
    schema.await();
    try (Consumer<String, byte[]> consumer = connected()) {
      current = consumer;
      consumer.subscribe(List.of(Topics.JOB_EVENTS, Topics.JOB_REQUESTS));
      while (!thread.isStopped()) {
        take(consumer, consumer.poll(POLL));
        thread.getsOn();
      }
    } finally {
      current = null;
    }
  }

  private void take(Consumer<String, byte[]> consumer, ConsumerRecords<String, byte[]> records)
      throws InterruptedException {
    if (records.isEmpty()) {
      return;
    }
    List<Event<JobMessage>> events = new ArrayList<>(records.count());
    records.forEach(record -> decode(record).ifPresent(events::add));
    Backoff backoff = Backoff.standard();
    while (!store.store(events)) {
      consumer.pause(consumer.assignment());
      // Keeps this member in its group. The partitions being paused it delivers nothing, unless a
      // rebalance has just assigned others: what comes then is stored before offsets pass it.
      consumer.poll(backoff.next()).forEach(record -> decode(record).ifPresent(events::add));
      if (thread.isStopped()) {
        return;
      }
    }
    consumer.resume(consumer.paused());
    try {
      consumer.commitSync(Duration.ofSeconds(5));
    } catch (InterruptException | WakeupException e) {
      throw e;
    } catch (KafkaException e) {
      LOG.infof("offsets are not committed, the batch may come again: %s", e.getMessage());
    }
  }

  private Optional<Event<JobMessage>> decode(ConsumerRecord<String, byte[]> record) {
    List<Header> headers = new ArrayList<>();
    record.headers().forEach(header -> headers.add(new Header(header.key(), header.value())));
    Decoded decoded =
        codec.decode(
            new EventRecord(record.key(), headers, NulFree.json(record.value())),
            Instant.ofEpochMilli(record.timestamp()));
    if (decoded instanceof Decoded.Message message) {
      metrics.lag(Duration.between(Instant.ofEpochMilli(record.timestamp()), clock.instant()));
      return Optional.of(message.event());
    }
    Decoded.Undecodable undecodable = (Decoded.Undecodable) decoded;
    metrics.skipped(record.topic(), undecodable.reason());
    LOG.warnf(
        "record is skipped: reason=%s topic=%s partition=%d offset=%d",
        undecodable.reason(), record.topic(), record.partition(), record.offset());
    return Optional.empty();
  }

  /** A name of Kafka that does not resolve yet is Kafka's trouble, and told as such. */
  private Consumer<String, byte[]> connected() throws InterruptedException {
    Backoff backoff = Backoff.standard();
    while (true) {
      try {
        return consumer();
      } catch (KafkaException e) {
        LOG.warnf("event consumer cannot be made yet, trying again: %s", e.getMessage());
        backoff.pause();
      }
    }
  }

  private Consumer<String, byte[]> consumer() {
    Map<String, Object> settings = new HashMap<>(connection.client());
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, "flintwheel-status");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, connection.batchSize());
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(
        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) connection.sessionTimeout().toMillis());
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
    // Topics that are made after the start are found soon.
    settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
    settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000);
    return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }
}
