package io.flintwheel.events.cloudevent;

import static io.flintwheel.events.cloudevent.Records.binary;
import static io.flintwheel.events.cloudevent.Records.fact;
import static io.flintwheel.events.cloudevent.Records.record;
import static io.flintwheel.events.cloudevent.Records.structured;
import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.Topics;
import io.flintwheel.events.cloudevent.Decoded.Reason;
import io.flintwheel.events.cloudevent.Decoded.Undecodable;
import io.flintwheel.events.job.JobCancelRequested;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobRunning;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no event, and what its publisher is told. */
class EventRefusalTest {

  private static final Header STRUCTURED =
      Header.of("content-type", "application/cloudevents+json");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                     | EMPTY             | the record has no value",
        "`   `                  | NOT_JSON          | the value is blank",
        "hello                  | NOT_JSON          | the value is not JSON (line 1, column 6)",
        "{`                     | NOT_JSON          | the value is not JSON (line 1, column 2)",
        "{\"a\": 1, \"a\": 2}   | NOT_JSON          | the value has a field twice (line 1, column 13)",
        "{} {}                  | NOT_JSON          | the value is not JSON (line 1, column 4)",
        "[{}]                   | NOT_A_CLOUD_EVENT | specversion: the value is a list",
        "3                      | NOT_A_CLOUD_EVENT | specversion: the record has no ce_ headers, and its value no specversion",
        "{\"spec\": {}}         | NOT_A_CLOUD_EVENT | specversion: the record has no ce_ headers, and its value no specversion; a specification alone is no event",
      })
  void tellsWhatIsNoCloudEvent(String value, Reason reason, String message) {
    Undecodable refusal = refusal(record(value));

    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal.message()).isEqualTo(message);
  }

  @Test
  void tellsWhichTypeAWrongEventClaims() {
    EventRecord record =
        record(
            "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"urn:a\", \"type\": \""
                + JobCancelRequested.TYPE
                + "\", \"data\": {\"jobId\": \"pi\", \"reason\": {}}}");

    Undecodable refusal = refusal(record);

    assertThat(refusal.type()).contains(JobCancelRequested.TYPE);
  }

  @Test
  void refusesASourceThatIsTooLongToTravelOn() {
    EventRecord record =
        record(
            "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"urn:"
                + "a".repeat(3000)
                + "\", \"type\": \""
                + JobCancelRequested.TYPE
                + "\", \"data\": {\"jobId\": \"pi\"}}");

    Undecodable refusal = refusal(record);

    assertThat(refusal.message()).startsWith("source: ").hasSizeLessThan(400);
  }

  @Test
  void refusesASourceThatHasTooManyBytesAlthoughFewCharacters() {
    Undecodable refusal = refusal(binary("source", "urn:a" + "\u4e2d".repeat(340)));

    assertThat(refusal.problems())
        .singleElement()
        .extracting("field", "expected")
        .containsExactly("source", "at most 1024 bytes of UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\\u0000b", "a\\ud800"})
  void refusesAnIdThatNoDatabaseCanKeepApartFromAnother(String escaped) {
    String event = structured("{\"jobId\": \"pi\"}").replace("\"1\"", '"' + escaped + '"');

    Undecodable refusal = refusal(record(event));

    assertThat(refusal.problems()).extracting("field").contains("id");
  }

  @Test
  void refusesASourceWithHalfACharacter() {
    String event = structured("{\"jobId\": \"pi\"}").replace("urn:x", "urn:\\udc00");

    Undecodable refusal = refusal(record(event));

    assertThat(refusal.problems()).extracting("field").contains("source");
  }

  @Test
  void refusesARecordWithoutValueButKnowsItsJob() {
    EventRecord record =
        new EventRecord("pi", List.of(Header.of("ce_subject", "pi"), new Header("x", null)), null);

    Undecodable refusal = refusal(record);

    assertThat(refusal.reason()).isEqualTo(Reason.EMPTY);
    assertThat(refusal.jobId()).contains(new JobId("pi"));
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] latin = "{\"specversion\": \"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(refusal(new EventRecord(null, List.of(), latin)).reason())
        .isEqualTo(Reason.NOT_JSON);
  }

  @Test
  void refusesWhatIsNestedTooDeep() {
    String deep = "[".repeat(5000) + "]".repeat(5000);

    Undecodable refusal = refusal(record(structured("{\"spec\": " + deep + "}")));

    assertThat(refusal.reason()).isEqualTo(Reason.NOT_JSON);
    assertThat(refusal.message()).startsWith("the value is nested too deep");
  }

  @Test
  void neverQuotesWhatItCannotRead() {
    assertThat(refusal(record("{\"specversion\": s3cr3t}")).message()).doesNotContain("s3cr3t");
  }

  @ParameterizedTest
  @CsvSource({
    "application/cloudevents-batch+json",
    "application/cloudevents+avro",
    "application/cloudevents"
  })
  void refusesFormatsThatItCannotRead(String contentType) {
    Undecodable refusal = refusal(record(structured("{}"), Header.of("content-type", contentType)));

    assertThat(refusal.reason()).isEqualTo(Reason.NOT_A_CLOUD_EVENT);
    assertThat(refusal.problems().get(0).field()).isEqualTo("content-type");
    assertThat(refusal.problems().get(0).expected()).contains("application/cloudevents+json");
  }

  @Test
  void namesAllMissingAttributesAtOnce() {
    Undecodable refusal = refusal(record("{\"data\": {\"jobId\": \"pi\"}}", STRUCTURED));

    assertThat(refusal.reason()).isEqualTo(Reason.NOT_A_CLOUD_EVENT);
    assertThat(refusal.problems())
        .extracting("field")
        .containsExactly("specversion", "id", "source", "type");
    assertThat(refusal.jobId()).contains(new JobId("pi"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "specversion | 0.3             | is '0.3'             | 1.0",
        "source      | ' '             | the CloudEvents attribute is missing | a CloudEvent 1.0 with specversion, id, source and type",
        "source      | two words       | is 'two words'       | a URI reference, such as urn:example:billing",
        "time        | yesterday       | is 'yesterday'       | RFC 3339, such as 2026-01-31T08:00:00Z",
        "time        | 2026-02-30T00:00:00Z | is '2026-02-30T00:00:00Z' | RFC 3339, such as 2026-01-31T08:00:00Z",
        "time        | +12026-01-01T00:00:00Z | is '+12026-01-01T00:00:00Z' | RFC 3339, such as 2026-01-31T08:00:00Z",
        "time        | 9999-12-31T23:59:59-18:00 | is '9999-12-31T23:59:59-18:00' | a time from year 0001 to 9999, in UTC too",
        "time        | 0001-01-01T00:00:00+18:00 | is '0001-01-01T00:00:00+18:00' | a time from year 0001 to 9999, in UTC too",
      })
  void tellsWhichAttributeIsWrong(String name, String value, String message, String expected) {
    Undecodable refusal = refusal(binary(name, value));

    assertThat(refusal.reason()).isEqualTo(Reason.NOT_A_CLOUD_EVENT);
    assertThat(refusal.problems())
        .singleElement()
        .extracting("field", "message", "expected")
        .containsExactly(name, message, expected);
    assertThat(refusal.jobId()).contains(new JobId("pi"));
  }

  @Test
  void refusesAttributesThatAreNoText() {
    Undecodable refusal =
        refusal(
            record(
                structured("{\"jobId\": \"pi\"}").replace("\"1.0\"", "1.0").replace("\"1\"", "1")));

    assertThat(refusal.message()).isEqualTo("specversion: is a fraction; id: is a whole number");
    assertThat(refusal.jobId()).contains(new JobId("pi"));
  }

  @Test
  void namesTheTypesItKnows() {
    Undecodable refusal = refusal(binary("type", "io.flintwheel.job.requested.v2"));

    assertThat(refusal.reason()).isEqualTo(Reason.UNKNOWN_TYPE);
    assertThat(refusal.problems().get(0).expected()).contains("io.flintwheel.job.requested.v1");
  }

  @Test
  void refusesFactsAboutSchedulesOnJobTopics() {
    assertThat(refusal(fact("io.flintwheel.tick.fired.v1", "{}")).reason())
        .isEqualTo(Reason.UNKNOWN_TYPE);
  }

  @Test
  void refusesDataOverTheLimit() {
    String large = "x".repeat(Topics.MAX_REQUEST_BYTES);

    Undecodable refusal =
        refusal(
            record(structured("{\"jobId\": \"pi\", \"spec\": {\"image\": \"" + large + "\"}}")));

    assertThat(refusal.reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(refusal.problems().get(0).expected()).isEqualTo("at most 131072 bytes");
    assertThat(refusal.jobId()).contains(new JobId("pi"));
  }

  @Test
  void takesDataOfExactlyTheLimit() {
    int rest = Topics.MAX_REQUEST_BYTES - "{\"jobId\":\"pi\",\"spec\":{\"image\":\"\"}}".length();
    String data = "{\"jobId\":\"pi\",\"spec\":{\"image\":\"" + "x".repeat(rest) + "\"}}";

    assertThat(new EventCodec().decode(record(structured(data))))
        .isInstanceOf(Decoded.Message.class);
  }

  @Test
  void refusesRecordsThatNoTopicWouldTake() {
    byte[] value = new byte[Topics.REQUEST_TOPIC_MAX_MESSAGE_BYTES + 1];

    assertThat(refusal(new EventRecord(null, List.of(), value)).reason())
        .isEqualTo(Reason.TOO_LARGE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                                        | data                 | is a list",
        "null                                      | data                 | is missing",
        "\"{}\"                                    | data                 | is a text",
        "{\"jobId\": \"pi\"}                       | data.spec            | is missing",
        "{\"spec\": \"x\"}                         | data.spec            | is a text",
        "{\"jobId\": \"Pi\", \"spec\": {}}         | data.jobId           | is 'Pi'",
        "{\"jobId\": \"pi-r2\", \"spec\": {}}      | data.jobId           | is 'pi-r2'",
        "{\"jobId\": 7, \"spec\": {}}              | data.jobId           | is a whole number",
        "{\"namespace\": \"a.b\", \"spec\": {}}    | data.namespace       | is 'a.b'",
        "{\"namespace\": \"\", \"spec\": {}}       | data.namespace       | is ''",
        "{\"attempt\": 0, \"spec\": {}}            | data.attempt         | is '0'",
        "{\"attempt\": \"1\", \"spec\": {}}        | data.attempt         | is a text",
        "{\"attempt\": 1.5, \"spec\": {}}          | data.attempt         | is a fraction",
        "{\"attempt\": 1.0, \"spec\": {}}          | data.attempt         | is a whole number, but written with a point or an exponent",
        "{\"attempt\": 1e3, \"spec\": {}}          | data.attempt         | is a whole number, but written with a point or an exponent",
        "{\"attempt\": 100000, \"spec\": {}}       | data.attempt         | is '100000'",
        "{\"attempt\": 2147483648, \"spec\": {}}   | data.attempt         | is '2147483648'",
        "{\"attempt\": 1e400, \"spec\": {}}        | data.attempt         | is too large",
        "{\"resourceName\": \"x-driver\", \"spec\": {}} | data.resourceName | is 'x-driver'",
        "{\"labels\": [], \"spec\": {}}            | data.labels          | is a list",
        "{\"labels\": {\"a b\": \"c\"}, \"spec\": {}} | data.labels[a b]  | is not a key that Kubernetes allows",
        "{\"labels\": {\"a/b/c\": \"c\"}, \"spec\": {}} | data.labels[a/b/c] | is not a key that Kubernetes allows",
        "{\"labels\": {\"team\": \"a b\"}, \"spec\": {}} | data.labels[team] | is 'a b'",
        "{\"labels\": {\"team\": 7}, \"spec\": {}} | data.labels[team]    | is a whole number",
        "{\"labels\": {\"spark-role\": \"x\"}, \"spec\": {}} | data.labels[spark-role] | is a reserved key",
        "{\"tick\": {\"scheduleId\": \"X\", \"nominalTime\": \"2026-01-01T00:00:00Z\", \"kind\": \"MANUAL\"}, \"spec\": {}} | data.tick.scheduleId | schedule id 'X' must be 1 to 27 characters: lower-case letters, digits and '-', starting with a letter and ending with a letter or digit",
        "{\"tick\": {\"scheduleId\": \"x\", \"nominalTime\": \"noon\", \"kind\": \"MANUAL\"}, \"spec\": {}} | data.tick.nominalTime | is 'noon'",
        "{\"tick\": {\"scheduleId\": \"x\"}, \"spec\": {}} | data.tick.nominalTime | is missing",
      })
  void tellsWhichFieldOfARequestIsWrong(String data, String field, String message) {
    Undecodable refusal = refusal(record(structured(data)));

    assertThat(refusal.reason()).isEqualTo(Reason.INVALID_DATA);
    assertThat(refusal.problems().get(0).field()).isEqualTo(field);
    assertThat(refusal.problems().get(0).message()).isEqualTo(message);
    assertThat(refusal.problems().get(0).expected())
        .satisfiesAnyOf(e -> assertThat(e).isNotBlank(), e -> assertThat(message).contains("must"));
  }

  @Test
  void tellsAllThatIsWrongWithARequest() {
    Undecodable refusal =
        refusal(record(structured("{\"jobId\": \"-\", \"namespace\": \"A\", \"attempt\": -1}")));

    assertThat(refusal.problems())
        .extracting("field")
        .containsExactly("data.jobId", "data.namespace", "data.attempt", "data.spec");
    assertThat(refusal.jobId()).isEmpty();
  }

  @Test
  void knowsTheJobOfAnInvalidRequestThatNamesNone() {
    assertThat(refusal(record(structured("{\"spec\": 1}"))).jobId())
        .contains(JobId.derivedFrom("urn:x", "1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        JobRunning.TYPE + " | {} | data | attempt starts at 1: 0",
        JobRunning.TYPE + " | {\"attempt\": 1} | data.jobId | is missing",
        JobCancelRequested.TYPE + " | {} | data.jobId | is missing",
        JobRunning.TYPE
            + " | {\"attempt\": 1, \"jobId\": \"pi\", \"namespace\": \"x\", \"driver\": {}, \"startedAt\": \"2026-01-01T00:00:00Z\"} | data.driver.name | is missing",
        JobRunning.TYPE + " | {\"attempt\": \"x\"} | data.attempt | has the wrong type",
        "io.flintwheel.job.executor.running.v1 | {\"attempt\": 1, \"jobId\": \"pi\", \"namespace\": \"x\", \"executorId\": \"1\", \"pod\": {\"name\": \"p\", \"uid\": \"u\"}, \"state\": \"LOST\"} | data | tells io.flintwheel.job.executor.lost.v1",
      })
  void refusesFactsThatLackWhatReadersNeed(String type, String data, String field, String message) {
    Undecodable refusal = refusal(fact(type, data));

    assertThat(refusal.reason()).isEqualTo(Reason.INVALID_DATA);
    assertThat(refusal.problems().get(0).field()).isEqualTo(field);
    assertThat(refusal.problems().get(0).message()).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"data_base64\": \"?\"', is not base64",
    "'\"data\": {}, \"data_base64\": \"e30=\"', stands beside data"
  })
  void tellsWhatIsWrongWithPackedData(String data, String message) {
    Undecodable refusal = refusal(record(structured("0").replace("\"data\": 0", data)));

    assertThat(refusal.problems().get(0).field()).isEqualTo("data_base64");
    assertThat(refusal.problems().get(0).message()).isEqualTo(message);
  }

  private static Undecodable refusal(EventRecord record) {
    Decoded decoded = new EventCodec().decode(record, Instant.EPOCH);
    assertThat(decoded).isInstanceOf(Undecodable.class);
    return (Undecodable) decoded;
  }
}
