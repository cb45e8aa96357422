package io.flintwheel.submitter.kafka;

import io.flintwheel.events.Topics;
import io.flintwheel.events.cloudevent.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A request that cannot be taken: key, bytes and headers as they came, and why.
 *
 * @param reason a stable code
 * @param message for people
 */
public record DeadLetter(ConsumerRecord<byte[], byte[]> record, String reason, String message) {

  public static final String REASON = "dead-letter-reason";
  public static final String MESSAGE = "dead-letter-message";
  public static final String TOPIC = "dead-letter-topic";
  public static final String PARTITION = "dead-letter-partition";
  public static final String OFFSET = "dead-letter-offset";

  /** Only on a letter that is not whole: how many bytes key, value and headers had. */
  public static final String TRUNCATED = "dead-letter-truncated";

  /** Headers come out of the room that the dead letter topic has above the request topic. */
  private static final int MAX_MESSAGE = 4096;

  /** With room for our headers and Kafka's framing. */
  private static final int MAX_CONTENT = Topics.DEAD_LETTER_TOPIC_MAX_MESSAGE_BYTES - 32 * 1024;

  ProducerRecord<byte[], byte[]> toProducerRecord() {
    int size = size(record.key()) + size(record.value());
    for (var header : record.headers()) {
      size += header.key().length() + size(header.value());
    }
    ProducerRecord<byte[], byte[]> letter =
        size <= MAX_CONTENT
            ? new ProducerRecord<>(
                Topics.JOB_REQUESTS_DEAD_LETTER,
                null,
                record.key(),
                record.value(),
                record.headers())
            : truncated(size);
    List<Header> headers = new ArrayList<>();
    headers.add(Header.of(REASON, reason));
    headers.add(
        Header.of(
            MESSAGE,
            message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE)));
    headers.add(Header.of(TOPIC, record.topic()));
    headers.add(Header.of(PARTITION, Integer.toString(record.partition())));
    headers.add(Header.of(OFFSET, Long.toString(record.offset())));
    headers.forEach(header -> letter.headers().add(header.name(), header.value()));
    return letter;
  }

  /** A compressed batch can hold a record larger than the topic takes; its beginning has to do. */
  private ProducerRecord<byte[], byte[]> truncated(int size) {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(
            Topics.JOB_REQUESTS_DEAD_LETTER,
            null,
            size(record.key()) <= MAX_MESSAGE ? record.key() : null,
            record.value() == null
                ? null
                : Arrays.copyOf(
                    record.value(), Math.min(record.value().length, MAX_CONTENT - MAX_MESSAGE)),
            List.of());
    letter.headers().add(TRUNCATED, Integer.toString(size).getBytes(StandardCharsets.UTF_8));
    return letter;
  }

  private static int size(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
