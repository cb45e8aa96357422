package io.flintwheel.submitter.kafka;

import io.flintwheel.events.Topics;
import io.flintwheel.events.cloudevent.Header;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

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

  /** Headers come out of the room that the dead letter topic has above the request topic. */
  private static final int MAX_MESSAGE = 4096;

  ProducerRecord<byte[], byte[]> toProducerRecord() {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(
            Topics.JOB_REQUESTS_DEAD_LETTER, null, record.key(), record.value(), record.headers());
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
}
