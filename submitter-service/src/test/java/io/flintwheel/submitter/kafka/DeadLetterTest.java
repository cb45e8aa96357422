package io.flintwheel.submitter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.Topics;
import io.flintwheel.events.cloudevent.DeadLetterHeaders;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadLetterTest {

  private static final int LIMIT = Topics.DEAD_LETTER_TOPIC_MAX_MESSAGE_BYTES;

  @Test
  void keepsKeyValueAndHeadersAsTheyCame() {
    ConsumerRecord<byte[], byte[]> record = record(10, 100_000);
    record.headers().add("trace", bytes("kept"));

    ProducerRecord<byte[], byte[]> letter = letter(record);

    assertThat(letter.key()).isEqualTo(record.key());
    assertThat(letter.value()).isEqualTo(record.value());
    assertThat(letter.headers().lastHeader("trace").value()).isEqualTo(bytes("kept"));
    assertThat(letter.headers().lastHeader(DeadLetterHeaders.TRUNCATED)).isNull();
    assertThat(letter.headers().lastHeader(DeadLetterHeaders.CUT_BYTES)).isNull();
  }

  /** A compressed batch can bring such records. */
  @ParameterizedTest
  @CsvSource({"10, 3000000, 0", "3000000, 10, 0", "10, 10, 3000000", "2000000, 2000000, 2000000"})
  void fitsIntoItsTopicWhateverCameAndSaysHowMuchThatWas(int key, int value, int header) {
    ConsumerRecord<byte[], byte[]> record = record(key, value);
    record.headers().add("huge", new byte[header]);

    ProducerRecord<byte[], byte[]> letter = letter(record);

    int size = letter.value().length + (letter.key() == null ? 0 : letter.key().length);
    for (var each : letter.headers()) {
      size += each.key().length() + each.value().length;
    }
    assertThat(size).isLessThan(LIMIT - 10_000);
    assertThat(text(letter, DeadLetterHeaders.TRUNCATED))
        .isEqualTo(Integer.toString(key + value + header + "huge".length()));
    assertThat(text(letter, DeadLetterHeaders.REASON)).isEqualTo("TOO_LARGE");
  }

  @Test
  void saysInItsHeadersHowManyBytesWereCutAndKeepsTheOthers() {
    ConsumerRecord<byte[], byte[]> record = record(10, 3_000_000);
    record.headers().add("ce_id", bytes("1"));

    ProducerRecord<byte[], byte[]> letter = new DeadLetter(record, "X", "why").toProducerRecord();

    int cut = 3_000_000 - letter.value().length;
    assertThat(text(letter, DeadLetterHeaders.CUT_BYTES)).isEqualTo(Integer.toString(cut));
    assertThat(text(letter, DeadLetterHeaders.MESSAGE))
        .isEqualTo(
            "why; this letter is not whole, " + cut + " of 3000016 bytes did not fit its topic");
    assertThat(letter.key()).isEqualTo(record.key());
    assertThat(text(letter, "ce_id")).isEqualTo("1");
  }

  private static ProducerRecord<byte[], byte[]> letter(ConsumerRecord<byte[], byte[]> record) {
    return new DeadLetter(record, "TOO_LARGE", "m".repeat(100_000)).toProducerRecord();
  }

  private static ConsumerRecord<byte[], byte[]> record(int key, int value) {
    return new ConsumerRecord<>(Topics.JOB_REQUESTS, 0, 7, new byte[key], new byte[value]);
  }

  private static String text(ProducerRecord<byte[], byte[]> letter, String header) {
    return new String(letter.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
