package io.flintwheel.scheduler;

import io.flintwheel.events.EventJson;
import io.flintwheel.events.cloudevent.Decoded;
import io.flintwheel.events.cloudevent.EventCodec;
import io.flintwheel.events.cloudevent.EventRecord;
import io.flintwheel.events.cloudevent.Header;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.schedule.ScheduleFact;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads all of a topic, from its beginning, and keeps what it read. */
public final class TopicReader implements AutoCloseable {

  private final KafkaConsumer<String, byte[]> consumer;
  private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();

  public TopicReader(String bootstrapServers, String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", "false"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Everything there has been so far. */
  public List<ConsumerRecord<String, byte[]>> records() {
    int before;
    do {
      before = records.size();
      consumer.poll(Duration.ofMillis(200)).forEach(records::add);
    } while (records.size() > before);
    return List.copyOf(records);
  }

  /** The records of a schedule: its key, or the beginning of its jobs' keys. */
  public List<ConsumerRecord<String, byte[]>> recordsOf(String scheduleId) {
    return records().stream()
        .filter(r -> r.key().equals(scheduleId) || r.key().startsWith(scheduleId + "-2"))
        .toList();
  }

  /** The requests that a schedule made. */
  public List<JobRequested> requestsOf(String scheduleId) {
    return recordsOf(scheduleId).stream().map(TopicReader::request).toList();
  }

  public static JobRequested request(ConsumerRecord<String, byte[]> record) {
    List<Header> headers =
        StreamSupport.stream(record.headers().spliterator(), false)
            .map(header -> new Header(header.key(), header.value()))
            .toList();
    Decoded decoded =
        new EventCodec().decode(new EventRecord(record.key(), headers, record.value()));
    if (decoded instanceof Decoded.Message message
        && message.event().data() instanceof JobRequested request) {
      return request;
    }
    throw new AssertionError("not a job request: " + decoded);
  }

  /** A record's data as a fact about a schedule. */
  public static <T extends ScheduleFact> T fact(
      ConsumerRecord<String, byte[]> record, Class<T> type) {
    try {
      return EventJson.mapper().readValue(record.value(), type);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A header of a record as text. */
  public static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new Header(name, record.headers().lastHeader(name).value()).text();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
