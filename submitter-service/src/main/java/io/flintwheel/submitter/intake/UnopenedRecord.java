package io.flintwheel.submitter.intake;

import io.flintwheel.events.Topics;
import io.flintwheel.events.job.JobId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Which job a record is about whose value nobody can read: too large, no JSON, or none at all. */
final class UnopenedRecord {

  private UnopenedRecord() {}

  /** A compressed batch brings such a record past the limit of the topic. */
  static boolean is(ConsumerRecord<byte[], byte[]> record) {
    return record.value() != null && record.value().length > Topics.REQUEST_TOPIC_MAX_MESSAGE_BYTES;
  }

  /** What the contract lets its key be, and the attributes that repeat it. */
  static Optional<JobId> jobId(ConsumerRecord<byte[], byte[]> record) {
    return Stream.of(
            text(record.key()), header(record, "ce_partitionkey"), header(record, "ce_subject"))
        .flatMap(text -> parse(text).stream())
        .findFirst();
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : text(header.value());
  }

  private static String text(byte @Nullable [] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }

  private static Optional<JobId> parse(String text) {
    try {
      return Optional.of(new JobId(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
