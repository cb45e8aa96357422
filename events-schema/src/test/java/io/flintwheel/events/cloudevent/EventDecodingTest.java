package io.flintwheel.events.cloudevent;

import static io.flintwheel.events.cloudevent.Records.binary;
import static io.flintwheel.events.cloudevent.Records.record;
import static io.flintwheel.events.cloudevent.Records.structured;
import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.job.JobCancelRequested;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobMessage;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.JobRunning;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read as an event although it is not written as we would write it. */
class EventDecodingTest {

  private static final Instant RECORD_TIME = Instant.parse("2026-02-03T04:05:06Z");
  private static final String DATA = "{\"jobId\": \"pi\", \"spec\": {}}";

  private final EventCodec codec = new EventCodec();

  @Test
  void readsStructuredJsonOfAConsoleProducerWithoutAnyHeader() {
    assertThat(job(record(structured(DATA)))).isEqualTo(new JobId("pi"));
  }

  @Test
  void readsStructuredJsonUnderPlainJsonContentType() {
    assertThat(job(record(structured(DATA), Header.of("content-type", "application/json"))))
        .isEqualTo(new JobId("pi"));
  }

  @Test
  void readsContentTypeInAnyCaseAndWithParameters() {
    Header contentType = Header.of("Content-Type", " Application/CloudEvents+JSON ;charset=utf-8");

    assertThat(job(record(structured(DATA), contentType))).isEqualTo(new JobId("pi"));
  }

  @Test
  void structuredContentTypeWinsOverHeadersOfTheSameEvent() {
    EventRecord record =
        record(
            structured(DATA),
            Header.of("content-type", "application/cloudevents+json"),
            Header.of("ce_id", "another"));

    assertThat(decoded(record).id().value()).isEqualTo("1");
  }

  @Test
  void readsBinaryHeadersInAnyCase() {
    EventRecord record =
        record(
            DATA,
            Header.of("CE_SpecVersion", "1.0"),
            Header.of("Ce_Id", "1"),
            Header.of("ce_Source", "urn:x"),
            Header.of("CE_TYPE", JobRequested.TYPE));

    assertThat(job(record)).isEqualTo(new JobId("pi"));
  }

  @Test
  void readsHeaderValuesAsTheyAreSinceKafkaEscapesNothing() {
    EventRecord record = binary("id", "50%25 off");

    assertThat(decoded(record).id().value()).isEqualTo("50%25 off");
  }

  @Test
  void readsDataInBase64() {
    String packed = Base64.getEncoder().encodeToString(DATA.getBytes(StandardCharsets.UTF_8));

    assertThat(
            job(
                record(
                    structured("null")
                        .replace("\"data\"", "\"data_base64\"")
                        .replace("null", '"' + packed + '"'))))
        .isEqualTo(new JobId("pi"));
  }

  @Test
  void ignoresUnknownFieldsAndExtensionAttributes() {
    String document =
        structured("{\"jobId\": \"pi\", \"spec\": {}, \"news\": [1]}")
            .replace("{\"specversion\"", "{\"traceparent\": \"00-x\", \"n\": 1, \"specversion\"");

    assertThat(job(record(document))).isEqualTo(new JobId("pi"));
  }

  @Test
  void derivesTheSameJobFromTheSameEvent() {
    EventRecord record = record(structured("{\"spec\": {}}"));

    assertThat(job(record)).isEqualTo(job(record)).isEqualTo(JobId.derivedFrom("urn:x", "1"));
  }

  @Test
  void fillsInWhatARequestLeavesOut() {
    JobRequested request = (JobRequested) decoded(record(structured(DATA))).data();

    assertThat(request.namespace()).isEqualTo("default");
    assertThat(request.attempt()).isEqualTo(1);
    assertThat(request.labels()).isEmpty();
  }

  @Test
  void takesTheTimeOfTheRecordWhenTheEventHasNone() {
    assertThat(decoded(record(structured(DATA))).time()).isEqualTo(RECORD_TIME);
  }

  @Test
  void readsTimesWithOffset() {
    String document =
        structured(DATA)
            .replace(
                "{\"specversion\"", "{\"time\": \"2026-01-01T02:00:00+02:00\", \"specversion\"");

    assertThat(decoded(record(document)).time()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void readsWordsOfANewerWriterAsUnknown() {
    EventRecord record =
        Records.fact(
            "io.flintwheel.job.lost.v1",
            "{\"jobId\": \"pi\", \"namespace\": \"default\", \"attempt\": 1,"
                + " \"driver\": {\"name\": \"pi-driver\", \"uid\": \"u\"},"
                + " \"failure\": {\"class\": \"SOLAR_FLARE\"}}");

    assertThat(decoded(record).data()).extracting("failure.failureClass").hasToString("UNKNOWN");
  }

  @Test
  void readsBothCommandsAndFacts() {
    EventRecord cancel =
        Records.fact(JobCancelRequested.TYPE, "{\"jobId\": \"pi\", \"reason\": \"asked\"}");
    EventRecord running =
        Records.fact(
            JobRunning.TYPE,
            "{\"jobId\": \"pi\", \"namespace\": \"default\", \"attempt\": 2,"
                + " \"driver\": {\"name\": \"pi-r2-driver\", \"uid\": \"u\"},"
                + " \"startedAt\": \"2026-01-01T00:00:00Z\"}");

    assertThat(List.of(decoded(cancel).data(), decoded(running).data()))
        .hasExactlyElementsOfTypes(JobCancelRequested.class, JobRunning.class);
  }

  @Test
  void measuresDataWithoutBlanks() {
    String blanks = " ".repeat(200_000);

    assertThat(job(record(structured("{" + blanks + DATA.substring(1)))))
        .isEqualTo(new JobId("pi"));
  }

  private io.flintwheel.events.Event<JobMessage> decoded(EventRecord record) {
    Decoded decoded = codec.decode(record, RECORD_TIME);
    assertThat(decoded).isInstanceOf(Decoded.Message.class);
    return ((Decoded.Message) decoded).event();
  }

  private JobId job(EventRecord record) {
    return decoded(record).data().jobId();
  }
}
