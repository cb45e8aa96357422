package io.flintwheel.submitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flintwheel.events.Topics;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever somebody puts on the topic: it is put away with its reason, and the next is served. */
@QuarkusTest
@OnSubmitter
class BadRecordsIT {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final JobTopics topics = new JobTopics();
  private final String jobId = JobIds.next();

  @AfterEach
  void close() {
    topics.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no JSON at all | NOT_JSON
          {"just": "json"} | NOT_A_CLOUD_EVENT
          {"specversion": "1.0", "id": "1", "type": "io.flintwheel.job.requested.v1", "data": {}} | NOT_A_CLOUD_EVENT
          {"specversion": "1.0", "id": "1", "source": "x", "type": "com.example.other.v1", "data": {}} | UNKNOWN_TYPE
          {"specversion": "1.0", "id": "1", "source": "x", "type": "io.flintwheel.job.requested.v1", "data": {"spec": 1}} | INVALID_DATA
          {"specversion": "1.0", "id": "1", "source": "x", "type": "io.flintwheel.job.requested.v1", "data": {"spec": {"type": "Cobol"}}} | REJECTED
          """)
  void putsAwayABadRecordAsItCameAndServesTheNext(String value, String reason) throws Exception {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    RecordMetadata bad = topics.publish(jobId, bytes, Map.of("trace", "kept"));
    topics.publish(Requests.sparkPi(jobId));

    await().atMost(PATIENCE).until(() -> topics.factsOf(jobId).contains("submitted"));
    await().atMost(PATIENCE).until(() -> topics.isCaughtUp());
    await().atMost(PATIENCE).until(() -> !topics.deadLettersOf(bad).isEmpty());
    ConsumerRecord<byte[], byte[]> letter = topics.deadLettersOf(bad).get(0);
    assertThat(letter.value()).isEqualTo(bytes);
    assertThat(new String(letter.key(), StandardCharsets.UTF_8)).isEqualTo(jobId);
    assertThat(JobTopics.header(letter, "trace")).isEqualTo("kept");
    assertThat(JobTopics.header(letter, "dead-letter-reason")).isEqualTo(reason);
    assertThat(JobTopics.header(letter, "dead-letter-message")).isNotBlank();
    assertThat(JobTopics.header(letter, "dead-letter-topic")).isEqualTo(Topics.JOB_REQUESTS);
  }

  @Test
  void putsAwayARecordWithoutAValue() throws Exception {
    RecordMetadata bad = topics.publish(jobId, null, Map.of());

    await().atMost(PATIENCE).until(() -> !topics.deadLettersOf(bad).isEmpty());

    assertThat(topics.deadLettersOf(bad).get(0).value()).isNull();
    await().atMost(PATIENCE).until(() -> topics.committed(bad) > bad.offset());
  }

  @Test
  void putsAwayARecordOverTheLimitWhole() throws Exception {
    byte[] huge =
        ("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"x\","
                + "\"type\":\"io.flintwheel.job.requested.v1\",\"data\":{\"jobId\":\""
                + jobId
                + "\",\"spec\":{\"mainClass\":\""
                + "x".repeat(900_000)
                + "\"}}}")
            .getBytes(StandardCharsets.UTF_8);
    RecordMetadata bad = topics.publish(jobId, huge, Map.of());

    await().atMost(PATIENCE).until(() -> !topics.deadLettersOf(bad).isEmpty());

    await().atMost(PATIENCE).until(() -> topics.factsOf(jobId).contains("rejected"));
    ConsumerRecord<byte[], byte[]> letter = topics.deadLettersOf(bad).get(0);
    assertThat(letter.value()).isEqualTo(huge);
    assertThat(JobTopics.header(letter, "dead-letter-reason")).isEqualTo("TOO_LARGE");
    await().atMost(PATIENCE).until(() -> topics.committed(bad) > bad.offset());
  }

  @Test
  void putsAwayTheBeginningOfWhatOnlyACompressedBatchCouldBring() throws Exception {
    byte[] huge = "x".repeat(3_000_000).getBytes(StandardCharsets.UTF_8);
    RecordMetadata bad = topics.publishCompressed(jobId, huge);
    String next = JobIds.next();
    topics.publish(Requests.sparkPi(next));

    await().atMost(PATIENCE).until(() -> !topics.deadLettersOf(bad).isEmpty());

    ConsumerRecord<byte[], byte[]> letter = topics.deadLettersOf(bad).get(0);
    assertThat(letter.value()).hasSizeBetween(500_000, 1_200_000);
    assertThat(JobTopics.header(letter, "dead-letter-reason")).isEqualTo("TOO_LARGE");
    assertThat(JobTopics.header(letter, "dead-letter-truncated"))
        .isEqualTo(Integer.toString(huge.length + jobId.length()));
    assertThat(JobTopics.header(letter, "dead-letter-cut-bytes"))
        .isEqualTo(Integer.toString(huge.length - letter.value().length));
    await().atMost(PATIENCE).until(() -> topics.factsOf(jobId).contains("rejected"));
    await().atMost(PATIENCE).until(() -> topics.factsOf(next).contains("submitted"));
  }

  @Test
  void tellsTheRejectionOfAWrongSpecificationWhenItsJobIsNamed() throws Exception {
    RecordMetadata bad =
        topics.publish(
            jobId,
            ("{\"jobId\":\"" + jobId + "\",\"spec\":{\"type\":\"Cobol\"}}")
                .getBytes(StandardCharsets.UTF_8),
            Map.of(
                "ce_specversion", "1.0",
                "ce_id", "1",
                "ce_source", "urn:x",
                "ce_type", "io.flintwheel.job.requested.v1",
                "content-type", "application/json"));

    await().atMost(PATIENCE).until(() -> topics.factsOf(jobId).contains("rejected"));

    await().atMost(PATIENCE).until(() -> !topics.deadLettersOf(bad).isEmpty());
    assertThat(JobTopics.header(topics.deadLettersOf(bad).get(0), "ce_id")).isEqualTo("1");
  }

  @Test
  void servesARecordWithoutAKey() throws Exception {
    topics.publish(
        null,
        ("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"x\","
                + "\"type\":\"io.flintwheel.job.requested.v1\",\"data\":{\"jobId\":\""
                + jobId
                + "\",\"spec\":"
                + Requests.sparkPi(jobId).data().spec().json()
                + "}}")
            .getBytes(StandardCharsets.UTF_8),
        Map.of());

    await().atMost(PATIENCE).until(() -> topics.factsOf(jobId).contains("submitted"));

    assertThat(topics.factsOf(jobId)).containsExactly("accepted", "submitted");
  }
}
