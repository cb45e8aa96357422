package io.flintwheel.submitter.kafka;

import io.flintwheel.events.Topics;
import io.flintwheel.events.cloudevent.DeadLetterHeaders;
import io.flintwheel.events.cloudevent.Header;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A request that cannot be taken: key, bytes and headers as they came, and why.
 *
 * @param reason a stable code
 * @param message for people
 */
public record DeadLetter(ConsumerRecord<byte[], byte[]> record, String reason, String message) {

  /** Headers come out of the room that the dead letter topic has above the request topic. */
  private static final int MAX_MESSAGE = 4096;

  /**
   * Of a letter that is not whole; larger keys are left out, and all headers if they are larger.
   */
  private static final int MAX_KEY = 4096;

  private static final int MAX_HEADERS = 16 * 1024;

  /** With room for our headers and Kafka's framing. */
  private static final int MAX_CONTENT = Topics.DEAD_LETTER_TOPIC_MAX_MESSAGE_BYTES - 32 * 1024;

  ProducerRecord<byte[], byte[]> toProducerRecord() {
    int size = size(record.key()) + size(record.value()) + size(record.headers());
    ProducerRecord<byte[], byte[]> letter =
        size <= MAX_CONTENT ? withContent(record.key(), record.value(), true) : truncated();
    int cut = size - size(letter.key()) - size(letter.value()) - size(letter.headers());
    List<Header> headers = new ArrayList<>();
    headers.add(Header.of(DeadLetterHeaders.REASON, reason));
    String why = message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE);
    if (cut > 0) {
      headers.add(Header.of(DeadLetterHeaders.TRUNCATED, Integer.toString(size)));
      headers.add(Header.of(DeadLetterHeaders.CUT_BYTES, Integer.toString(cut)));
      why += "; this letter is not whole, " + cut + " of " + size + " bytes did not fit its topic";
    }
    headers.add(Header.of(DeadLetterHeaders.MESSAGE, why));
    headers.add(Header.of(DeadLetterHeaders.TOPIC, record.topic()));
    headers.add(Header.of(DeadLetterHeaders.PARTITION, Integer.toString(record.partition())));
    headers.add(Header.of(DeadLetterHeaders.OFFSET, Long.toString(record.offset())));
    headers.forEach(header -> letter.headers().add(header.name(), header.value()));
    return letter;
  }

  /** A compressed batch can hold a record larger than the topic takes; its beginning has to do. */
  private ProducerRecord<byte[], byte[]> truncated() {
    byte[] key = size(record.key()) <= MAX_KEY ? record.key() : null;
    byte[] value = record.value();
    int room = MAX_CONTENT - MAX_KEY - MAX_HEADERS;
    byte[] beginning = value == null || value.length <= room ? value : Arrays.copyOf(value, room);
    return withContent(key, beginning, size(record.headers()) <= MAX_HEADERS);
  }

  private ProducerRecord<byte[], byte[]> withContent(
      byte @Nullable [] key, byte @Nullable [] value, boolean withHeaders) {
    return new ProducerRecord<>(
        Topics.JOB_REQUESTS_DEAD_LETTER,
        null,
        key,
        value,
        withHeaders ? record.headers() : List.of());
  }

  private static int size(Headers headers) {
    int size = 0;
    for (var header : headers) {
      size += header.key().length() + size(header.value());
    }
    return size;
  }

  private static int size(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
