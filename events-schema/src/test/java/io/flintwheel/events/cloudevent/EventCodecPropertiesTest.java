package io.flintwheel.events.cloudevent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.events.Event;
import io.flintwheel.events.EventId;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.SampleEvents;
import io.flintwheel.events.job.JobAccepted;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobMessage;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.JobSpec;
import io.flintwheel.events.job.Problem;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of every event and of every record, not only of those somebody thought of. */
class EventCodecPropertiesTest {

  private static final Instant RECORD_TIME = Instant.parse("2026-01-01T00:00:00Z");
  private static final EventCodec CODEC = new EventCodec();

  @Property(tries = 500)
  void whatIsWrittenIsReadBack(
      @ForAll("events") Event<JobMessage> event, @ForAll ContentMode mode) {
    EventRecord record = CODEC.encode(event, mode);

    assertThat(CODEC.decode(record, RECORD_TIME)).isEqualTo(new Decoded.Message(event));
  }

  @Property(tries = 200)
  void theSameEventIsTheSameBytes(
      @ForAll("events") Event<JobMessage> event, @ForAll ContentMode mode) {
    assertThat(CODEC.encode(event, mode).value()).isEqualTo(CODEC.encode(event, mode).value());
  }

  @Property(tries = 1000)
  void anyBytesAreAnEventOrAReason(@ForAll byte[] value, @ForAll("headers") List<Header> headers) {
    Decoded decoded = CODEC.decode(new EventRecord(null, headers, value), RECORD_TIME);

    assertThat(decoded).isNotNull();
  }

  @Property(tries = 1000)
  void anyDamageToAnEventIsAnEventOrAReason(
      @ForAll("goldenIndex") int index,
      @ForAll ContentMode mode,
      @ForAll int position,
      @ForAll byte damage) {
    EventRecord record = CODEC.encode(SampleEvents.all().get(index), mode);
    byte[] value = record.value().clone();
    value[Math.floorMod(position, value.length)] = damage;

    Decoded decoded =
        CODEC.decode(new EventRecord(record.key(), record.headers(), value), RECORD_TIME);

    assertThat(decoded)
        .satisfiesAnyOf(
            read -> assertThat(read).isInstanceOf(Decoded.Message.class),
            read -> assertThat(((Decoded.Undecodable) read).problems()).isNotEmpty());
  }

  @Property(tries = 1000)
  void anyJsonAsDataIsAnEventOrAReason(
      @ForAll("types") String type, @ForAll("documents") String data) {
    EventRecord record = Records.fact(type, data);

    assertThat(CODEC.decode(record, RECORD_TIME)).isNotNull();
    assertThat(CODEC.decodeScheduleFact(record, RECORD_TIME)).isNotNull();
  }

  @Provide
  Arbitrary<Event<JobMessage>> events() {
    Arbitrary<EventId> ids = Arbitraries.strings().alpha().ofMinLength(1).map(EventId::new);
    Arbitrary<JobMessage> messages = Arbitraries.oneOf(requests(), accepted());
    return Combinators.combine(ids, times(), messages)
        .as((id, time, message) -> new Event<>(id, URI.create("urn:x"), time, message));
  }

  @Provide
  Arbitrary<List<Header>> headers() {
    Arbitrary<String> names =
        Arbitraries.of(
            "ce_id", "ce_source", "ce_type", "ce_time", "ce_specversion", "content-type", "x");
    Arbitrary<String> values =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(20),
            Arbitraries.of(
                "1.0", JobRequested.TYPE, "application/cloudevents+json", "2026-01-01T00:00:00Z"));
    return Combinators.combine(names, values.injectNull(0.1))
        .as(
            (name, value) ->
                new Header(name, value == null ? null : value.getBytes(StandardCharsets.UTF_8)))
        .list()
        .ofMaxSize(8);
  }

  @Provide
  Arbitrary<Integer> goldenIndex() {
    return Arbitraries.integers().between(0, 19); // The messages about jobs.
  }

  @Provide
  Arbitrary<String> types() {
    return Arbitraries.of(SampleEvents.all().stream().map(event -> event.data().type()).toList());
  }

  /** Objects of the fields that messages have, with any values. */
  @Provide
  Arbitrary<String> documents() {
    Arbitrary<String> names =
        Arbitraries.of(
            "jobId",
            "namespace",
            "attempt",
            "labels",
            "spec",
            "tick",
            "driver",
            "failure",
            "state",
            "startedAt",
            "count",
            "kind",
            "scheduleId",
            "nominalTime",
            "problems");
    Arbitrary<String> values =
        Arbitraries.of(
            "null",
            "1",
            "-1",
            "1.5",
            "1e999",
            "true",
            "\"\"",
            "\"x\"",
            "[]",
            "[null]",
            "[1]",
            "{}",
            "{\"a\": null}",
            "\"2026-01-01T00:00:00Z\"",
            "{\"name\": 1}",
            "99999999999");
    return names
        .flatMap(name -> values.map(value -> "\"" + name + "\": " + value))
        .list()
        .uniqueElements(field -> field.substring(0, field.indexOf(':')))
        .ofMaxSize(10)
        .map(fields -> "{" + String.join(", ", fields) + "}");
  }

  private static Arbitrary<JobMessage> requests() {
    Arbitrary<Map<String, String>> labels =
        Arbitraries.maps(
                Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(63),
                Arbitraries.strings().alpha().numeric().ofMaxLength(63))
            .ofMaxSize(4);
    return Combinators.combine(jobIds(), labels, Arbitraries.integers().between(1, 99), specs())
        .as((id, some, n, spec) -> new JobRequested(id, "default", some, n, null, null, spec));
  }

  private static Arbitrary<JobMessage> accepted() {
    Arbitrary<String> texts = Arbitraries.strings().ofMaxLength(30);
    Arbitrary<Problem> problems =
        Combinators.combine(texts, texts, texts.injectNull(0.3)).as(Problem::new);
    return Combinators.combine(jobIds(), problems.list().ofMaxSize(3))
        .as((id, warnings) -> new JobAccepted(id, "default", 1, warnings));
  }

  private static Arbitrary<JobId> jobIds() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .ofMinLength(1)
        .ofMaxLength(45)
        .map(JobId::new);
  }

  private static Arbitrary<JobSpec> specs() {
    return Arbitraries.maps(
            Arbitraries.strings().ofMaxLength(8), Arbitraries.strings().ofMaxLength(8))
        .ofMaxSize(4)
        .map(
            fields -> {
              ObjectNode json = EventJson.mapper().createObjectNode();
              fields.forEach(json::put);
              json.putArray("volumes").addObject().put("name", "scratch").putObject("emptyDir");
              return JobSpec.of(json);
            });
  }

  private static Arbitrary<Instant> times() {
    return Arbitraries.longs().between(0, 4_102_444_800_000L).map(Instant::ofEpochMilli);
  }
}
