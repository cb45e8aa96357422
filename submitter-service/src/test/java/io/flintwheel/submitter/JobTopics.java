package io.flintwheel.submitter;

import io.flintwheel.events.Event;
import io.flintwheel.events.Topics;
import io.flintwheel.events.cloudevent.ContentMode;
import io.flintwheel.events.cloudevent.EventCodec;
import io.flintwheel.events.cloudevent.EventRecord;
import io.flintwheel.events.job.JobMessage;
import io.flintwheel.testing.KafkaTestResource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topics as a publisher and a reader of facts see them. */
final class JobTopics implements AutoCloseable {

  private static final String GROUP = "flintwheel-submitter";

  private final EventCodec codec = new EventCodec();
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Admin admin;
  private final List<ConsumerRecord<byte[], byte[]>> seen = new ArrayList<>();

  JobTopics() {
    String servers = KafkaTestResource.kafka().bootstrapServers();
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers, "max.request.size", 2_000_000),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers, "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(
        IntStream.range(0, Topics.PARTITIONS)
            .boxed()
            .flatMap(
                partition ->
                    List.of(
                        new TopicPartition(Topics.JOB_EVENTS, partition),
                        new TopicPartition(Topics.JOB_REQUESTS_DEAD_LETTER, partition))
                        .stream())
            .toList());
    consumer.seekToBeginning(consumer.assignment());
    admin = Admin.create(Map.of("bootstrap.servers", servers));
  }

  RecordMetadata publish(Event<? extends JobMessage> event) throws Exception {
    EventRecord encoded = codec.encode(event, ContentMode.BINARY);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            Topics.JOB_REQUESTS, encoded.key().getBytes(StandardCharsets.UTF_8), encoded.value());
    encoded.headers().forEach(header -> record.headers().add(header.name(), header.value()));
    return producer.send(record).get();
  }

  /** To the partition that requests of the key go to. */
  RecordMetadata publish(String key, byte[] value, Map<String, String> headers) throws Exception {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            Topics.JOB_REQUESTS, key == null ? null : key.getBytes(StandardCharsets.UTF_8), value);
    headers.forEach(
        (name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    return producer.send(record).get();
  }

  /** A record that is larger than the topic takes, in a batch that is smaller. */
  RecordMetadata publishCompressed(String key, byte[] value) throws Exception {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            KafkaTestResource.kafka().bootstrapServers(),
            "compression.type",
            "gzip",
            "max.request.size",
            10_000_000);
    try (var compressing =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      return compressing
          .send(
              new ProducerRecord<>(
                  Topics.JOB_REQUESTS, key.getBytes(StandardCharsets.UTF_8), value))
          .get();
    }
  }

  /** The facts told of a job, without the common part of their types. */
  List<String> factsOf(String jobId) {
    return records(
            record ->
                record.topic().equals(Topics.JOB_EVENTS)
                    && jobId.equals(new String(record.key(), StandardCharsets.UTF_8)))
        .stream()
        .map(record -> header(record, "ce_type").replaceAll("io.flintwheel.job.(.*).v1", "$1"))
        .toList();
  }

  /** The distinct ids of the facts told of a job. */
  long distinctFactsOf(String jobId) {
    return records(
            record ->
                record.topic().equals(Topics.JOB_EVENTS)
                    && jobId.equals(new String(record.key(), StandardCharsets.UTF_8)))
        .stream()
        .map(record -> header(record, "ce_id"))
        .distinct()
        .count();
  }

  /** The dead letter of the record at that place. */
  List<ConsumerRecord<byte[], byte[]>> deadLettersOf(RecordMetadata place) {
    return records(
        record ->
            record.topic().equals(Topics.JOB_REQUESTS_DEAD_LETTER)
                && header(record, "dead-letter-partition")
                    .equals(Integer.toString(place.partition()))
                && header(record, "dead-letter-offset").equals(Long.toString(place.offset())));
  }

  static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** Where the submitter would go on in the partition of a record. */
  long committed(RecordMetadata place) throws Exception {
    var offset =
        admin
            .listConsumerGroupOffsets(GROUP)
            .partitionsToOffsetAndMetadata()
            .get()
            .get(new TopicPartition(place.topic(), place.partition()));
    return offset == null ? -1 : offset.offset();
  }

  /** How many requests were ever published, by whomever. */
  long requests() throws Exception {
    return ends().values().stream().mapToLong(Long::longValue).sum();
  }

  /** Whether the submitter is done with everything that was published. */
  boolean isCaughtUp() throws Exception {
    var committed = admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata().get();
    return ends().entrySet().stream()
        .allMatch(
            end ->
                end.getValue() == 0
                    || (committed.get(end.getKey()) != null
                        && committed.get(end.getKey()).offset() >= end.getValue()));
  }

  private Map<TopicPartition, Long> ends() throws Exception {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (int partition = 0; partition < Topics.PARTITIONS; partition++) {
      asked.put(new TopicPartition(Topics.JOB_REQUESTS, partition), OffsetSpec.latest());
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin
        .listOffsets(asked)
        .all()
        .get()
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  private List<ConsumerRecord<byte[], byte[]>> records(
      Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
    consumer.poll(Duration.ofMillis(200)).forEach(seen::add);
    return seen.stream().filter(wanted).toList();
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
    consumer.close();
    admin.close(Duration.ZERO);
  }
}
