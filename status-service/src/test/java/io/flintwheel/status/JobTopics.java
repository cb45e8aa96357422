package io.flintwheel.status;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.flintwheel.events.Event;
import io.flintwheel.events.EventId;
import io.flintwheel.events.Topics;
import io.flintwheel.events.cloudevent.ContentMode;
import io.flintwheel.events.cloudevent.EventCodec;
import io.flintwheel.events.cloudevent.EventRecord;
import io.flintwheel.events.job.JobCommand;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobMessage;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.JobSpec;
import io.flintwheel.testing.KafkaTestResource;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes what the other services would. */
final class JobTopics implements AutoCloseable {

  /** A namespace that the service under test does not watch: nobody misses the pods of its jobs. */
  static final String UNWATCHED = "unwatched";

  private static final URI SOURCE = URI.create("urn:flintwheel:test:publisher");

  private final EventCodec codec = new EventCodec();
  private final KafkaProducer<String, byte[]> producer =
      new KafkaProducer<>(
          Map.of("bootstrap.servers", KafkaTestResource.kafka().bootstrapServers()),
          new StringSerializer(),
          new ByteArraySerializer());

  void requested(String jobId, String namespace, Map<String, String> labels) throws Exception {
    publish(request(jobId, namespace, labels));
  }

  static JobRequested request(String jobId, String namespace, Map<String, String> labels) {
    return new JobRequested(
        new JobId(jobId),
        namespace,
        labels,
        1,
        null,
        null,
        JobSpec.of(JsonNodeFactory.instance.objectNode()));
  }

  void publish(JobMessage message) throws Exception {
    publish(event(message));
  }

  /** All of them, in their order; returns when the last is durable. */
  void publishAll(List<? extends JobMessage> messages) throws Exception {
    List<Future<RecordMetadata>> sent =
        messages.stream().map(message -> producer.send(record(event(message)))).toList();
    for (Future<RecordMetadata> record : sent) {
      record.get(10, TimeUnit.SECONDS);
    }
  }

  void publish(Event<? extends JobMessage> event) throws Exception {
    publish(record(event));
  }

  void publish(ProducerRecord<String, byte[]> record) throws Exception {
    producer.send(record).get(10, TimeUnit.SECONDS);
  }

  private static Event<JobMessage> event(JobMessage message) {
    return new Event<>(
        EventId.of(message.jobId(), message.type(), message), SOURCE, Instant.now(), message);
  }

  private ProducerRecord<String, byte[]> record(Event<? extends JobMessage> event) {
    EventRecord encoded = codec.encode(event, ContentMode.STRUCTURED);
    String topic = event.data() instanceof JobCommand ? Topics.JOB_REQUESTS : Topics.JOB_EVENTS;
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(topic, encoded.key(), encoded.value());
    encoded.headers().forEach(header -> record.headers().add(header.name(), header.value()));
    return record;
  }

  @Override
  public void close() {
    producer.close();
  }
}
