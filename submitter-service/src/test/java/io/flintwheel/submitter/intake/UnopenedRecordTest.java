package io.flintwheel.submitter.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.job.JobId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which job is told as rejected when only key and headers of its request are read. */
class UnopenedRecordTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          etl,       ,      ,      etl
          etl,       other, third, etl
          ,          etl,   third, etl
          Not A Job, ,      etl,   etl
          """)
  void isToldByKeyThenPartitionKeyThenSubject(
      String key, String partitionKey, String subject, String jobId) {
    ConsumerRecord<byte[], byte[]> record = record(key, partitionKey, subject);

    Optional<JobId> told = UnopenedRecord.jobId(record);

    assertThat(told).contains(new JobId(jobId));
  }

  @Test
  void isNotToldWhenNoneIsAJobId() {
    ConsumerRecord<byte[], byte[]> record = record("Not A Job", null, "Neither");

    Optional<JobId> told = UnopenedRecord.jobId(record);

    assertThat(told).isEmpty();
  }

  private static ConsumerRecord<byte[], byte[]> record(
      String key, String partitionKey, String subject) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("t", 0, 0, key == null ? null : bytes(key), new byte[0]);
    if (partitionKey != null) {
      record.headers().add("ce_partitionkey", bytes(partitionKey));
    }
    if (subject != null) {
      record.headers().add("ce_subject", bytes(subject));
    }
    return record;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
