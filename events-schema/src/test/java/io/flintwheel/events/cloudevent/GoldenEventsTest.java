package io.flintwheel.events.cloudevent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.flintwheel.events.Event;
import io.flintwheel.events.EventData;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.Golden;
import io.flintwheel.events.SampleEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract as bytes: what is written today is what is checked in, and what was ever checked in
 * is still read and still follows the schema.
 *
 * <p>{@code <type>.structured.json} is the value of a record; {@code <type>.binary.json} has a
 * record's key, headers and value.
 */
class GoldenEventsTest {

  private static final EventCodec CODEC = new EventCodec();

  static List<Event<? extends EventData>> events() {
    return SampleEvents.all();
  }

  /** New types have files to read before any test reads them. */
  @BeforeAll
  static void update() throws IOException {
    for (Event<? extends EventData> event : events()) {
      Golden.write(file(event, ContentMode.STRUCTURED), text(event, ContentMode.STRUCTURED));
      Golden.write(file(event, ContentMode.BINARY), text(event, ContentMode.BINARY));
    }
  }

  @ParameterizedTest
  @MethodSource("events")
  void writesStructuredEventsAsTheyWereWritten(Event<? extends EventData> event)
      throws IOException {
    Golden.check(file(event, ContentMode.STRUCTURED), text(event, ContentMode.STRUCTURED));
  }

  @ParameterizedTest
  @MethodSource("events")
  void writesBinaryEventsAsTheyWereWritten(Event<? extends EventData> event) throws IOException {
    Golden.check(file(event, ContentMode.BINARY), text(event, ContentMode.BINARY));
  }

  @ParameterizedTest
  @MethodSource("events")
  void readsBothModesAsTheSameEvent(Event<? extends EventData> event) throws IOException {
    String type = event.data().type();

    List<Object> read =
        List.of(
            read(type, record(file(event, ContentMode.STRUCTURED))),
            read(type, record(file(event, ContentMode.BINARY))));

    assertThat(read).containsExactly(event, event);
  }

  @ParameterizedTest
  @MethodSource("goldenFiles")
  void stillReadsEveryGoldenEvent(Path file) throws IOException {
    EventRecord record = record(file);

    assertThat(read(file.getFileName().toString(), record)).isInstanceOf(Event.class);
  }

  @ParameterizedTest
  @MethodSource("goldenFiles")
  void everyGoldenEventFollowsItsSchema(Path file) throws IOException {
    JsonNode json = EventJson.mapper().readTree(file.toFile());
    JsonNode data = file.toString().endsWith(".binary.json") ? json.get("value") : json.get("data");

    assertThat(
            schema(file.getFileName().toString().replaceFirst("\\.(binary|structured)\\.json", ""))
                .validate(data))
        .isEmpty();
  }

  @Test
  void schemasTolerateWhatReadersTolerate() throws IOException {
    Path file = Golden.EVENTS.resolve("io.flintwheel.job.failed.v1.structured.json");
    ObjectNode data = (ObjectNode) EventJson.mapper().readTree(file.toFile()).get("data");
    data.put("news", 1).withObject("/failure").put("class", "SOLAR_FLARE").put("more", true);

    assertThat(schema("io.flintwheel.job.failed.v1").validate(data)).isEmpty();
  }

  @Test
  void schemaKnowsEveryFieldOfASpecification() throws IOException {
    ObjectNode data = EventJson.mapper().createObjectNode();
    data.set("spec", SampleEvents.everyField().json());

    assertThat(schema("io.flintwheel.job.requested.v1").validate(data)).isEmpty();
  }

  @Test
  void schemasRefuseWhatReadersRefuse() throws IOException {
    Path file = Golden.EVENTS.resolve("io.flintwheel.job.requested.v1.structured.json");
    ObjectNode data = (ObjectNode) EventJson.mapper().readTree(file.toFile()).get("data");
    data.put("jobId", "-").put("namespace", "A B").put("attempt", 0);
    data.withObject("/spec").put("type", "Cobol").remove("mainApplicationFile");
    data.withObject("/spec/driver").put("cores", 0).put("memory", "1Gi");

    assertThat(schema("io.flintwheel.job.requested.v1").validate(data))
        .extracting(message -> message.getInstanceLocation() + " " + message.getType())
        .containsExactlyInAnyOrder(
            "$.jobId pattern",
            "$.namespace pattern",
            "$.attempt minimum",
            "$.spec.type enum",
            "$.spec required",
            "$.spec.driver.cores minimum",
            "$.spec.driver.memory pattern");
  }

  static Stream<Path> goldenFiles() throws IOException {
    try (Stream<Path> files = Files.walk(Golden.EVENTS)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
    }
  }

  private static Path file(Event<? extends EventData> event, ContentMode mode) {
    return Golden.EVENTS.resolve(
        event.data().type() + "." + mode.name().toLowerCase(Locale.ROOT) + ".json");
  }

  private static String text(Event<? extends EventData> event, ContentMode mode)
      throws IOException {
    EventRecord record = CODEC.encode(event, mode);
    JsonNode json =
        mode == ContentMode.BINARY ? describe(record) : EventJson.mapper().readTree(record.value());
    return json.toPrettyString() + "\n";
  }

  private static Object read(String type, EventRecord record) {
    Decoded decoded =
        type.startsWith("io.flintwheel.job.")
            ? CODEC.decode(record, Instant.EPOCH)
            : CODEC.decodeScheduleFact(record, Instant.EPOCH);
    if (decoded instanceof Decoded.Message job) {
      return job.event();
    }
    return decoded instanceof Decoded.ScheduleMessage schedule ? schedule.event() : decoded;
  }

  private static EventRecord record(Path file) throws IOException {
    JsonNode json = EventJson.mapper().readTree(file.toFile());
    if (!file.toString().endsWith(".binary.json")) {
      return new EventRecord(null, List.of(), EventJson.mapper().writeValueAsBytes(json));
    }
    List<Header> headers = new ArrayList<>();
    json.get("headers")
        .properties()
        .forEach(header -> headers.add(Header.of(header.getKey(), header.getValue().asText())));
    return new EventRecord(
        json.get("key").asText(), headers, EventJson.mapper().writeValueAsBytes(json.get("value")));
  }

  private static JsonNode describe(EventRecord record) throws IOException {
    ObjectNode json = EventJson.mapper().createObjectNode();
    json.put("key", record.key());
    ObjectNode headers = json.putObject("headers");
    record.headers().forEach(header -> headers.put(header.name(), header.text()));
    json.set("value", EventJson.mapper().readTree(record.value()));
    return json;
  }

  private static JsonSchema schema(String type) throws IOException {
    JsonNode schema = EventJson.mapper().readTree(Golden.SCHEMAS.resolve(type + ".json").toFile());
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema);
  }
}
