package io.flintwheel.events.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.flintwheel.events.SampleEvents;
import io.flintwheel.events.Topics;
import io.flintwheel.events.cloudevent.ContentMode;
import io.flintwheel.events.cloudevent.DeadLetterHeaders;
import io.flintwheel.events.cloudevent.EventCodec;
import io.flintwheel.events.cloudevent.Header;
import io.flintwheel.events.job.JobCommand;
import io.flintwheel.events.job.JobFact;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.schedule.ScheduleFact;
import io.flintwheel.events.schedule.ScheduleId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The AsyncAPI document says what the records, the topics and the codec say. */
class AsyncApiTest {

  private static final Path RESOURCES = Path.of("src/main/resources/flintwheel");
  private static final JsonNode DOCUMENT = read();

  @Test
  void channelsAreTheTopics() {
    assertThat(DOCUMENT.get("channels"))
        .extracting(c -> c.get("address").asText())
        .containsExactlyInAnyOrderElementsOf(topics());
  }

  @Test
  void everyChannelHasTheFixedNumberOfPartitions() {
    assertThat(DOCUMENT.get("channels"))
        .extracting(channel -> channel.at("/bindings/kafka/partitions").asInt())
        .containsOnly(Topics.PARTITIONS);
  }

  @Test
  void limitsAreThoseOfTheTopics() {
    assertThat(maxBytes("jobRequests")).isEqualTo(Topics.REQUEST_TOPIC_MAX_MESSAGE_BYTES);
    assertThat(maxBytes("jobRequestsDeadLetter"))
        .isEqualTo(Topics.DEAD_LETTER_TOPIC_MAX_MESSAGE_BYTES);
  }

  @Test
  void everyTypeIsOnTheChannelOfItsRecord() {
    assertThat(typesOn("jobRequests")).containsExactlyElementsOf(typesOf(JobCommand.class));
    assertThat(typesOn("jobEvents")).containsExactlyElementsOf(typesOf(JobFact.class));
    assertThat(typesOn("scheduleEvents")).containsExactlyElementsOf(typesOf(ScheduleFact.class));
  }

  @Test
  void everyPayloadIsTheSchemaOfItsType() {
    EventSchemas.types()
        .keySet()
        .forEach(
            type -> {
              String reference = message(type).at("/payload/schema/$ref").asText();
              assertThat(reference).isEqualTo("./schemas/" + type + ".json");
              assertThat(RESOURCES.resolve(reference)).exists();
            });
  }

  @Test
  void everyMessageIsSentBySomebody() {
    assertThat(
            operations("send")
                .flatMap(operation -> messagesOf(operation))
                .map(message -> message.get("name").asText())
                .distinct())
        .containsAll(EventSchemas.types().keySet())
        .contains("dead-letter");
  }

  @Test
  void statusServiceReceivesEveryMessageAboutJobs() {
    assertThat(
            operations("receive")
                .filter(operation -> operation.at("/tags/0/name").asText().equals("status-service"))
                .flatMap(operation -> messagesOf(operation))
                .map(message -> message.get("name").asText()))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(typesOf(JobCommand.class).stream(), typesOf(JobFact.class).stream())
                .toList());
  }

  @Test
  void everyReceiverWithAGroupHasThatOfItsService() {
    assertThat(operations("receive").filter(operation -> operation.has("bindings")))
        .hasSizeGreaterThan(3)
        .allSatisfy(
            operation ->
                assertThat(operation.at("/bindings/kafka/groupId/const").asText() + "-service")
                    .isEqualTo("flintwheel-" + operation.at("/tags/0/name").asText()));
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    assertThat(references(DOCUMENT))
        .isNotEmpty()
        .allSatisfy(
            reference -> {
              if (reference.startsWith("#")) {
                assertThat(DOCUMENT.at(reference.substring(1)).isMissingNode()).isFalse();
              } else {
                assertThat(RESOURCES.resolve(reference)).exists();
              }
            });
  }

  @Test
  void headersAreThoseThatTheCodecWrites() {
    List<Header> headers =
        new EventCodec().encode(SampleEvents.all().get(0), ContentMode.BINARY).headers();

    assertThat(DOCUMENT.at("/components/messageTraits/cloudEvent/headers/properties").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(headers.stream().map(Header::name).toList());
  }

  @Test
  void headersOfDeadLettersAreThoseOfTheContract() {
    assertThat(DOCUMENT.at("/components/messages/deadLetter/headers/properties").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            DeadLetterHeaders.REASON,
            DeadLetterHeaders.MESSAGE,
            DeadLetterHeaders.TOPIC,
            DeadLetterHeaders.PARTITION,
            DeadLetterHeaders.OFFSET,
            DeadLetterHeaders.TRUNCATED,
            DeadLetterHeaders.CUT_BYTES);
  }

  @Test
  void keysAreIds() {
    JsonNode traits = DOCUMENT.at("/components/messageTraits");

    assertThat(traits.at("/jobMessage/bindings/kafka/key/pattern").asText())
        .isEqualTo("^" + JobId.PATTERN + "$");
    assertThat(traits.at("/jobMessage/bindings/kafka/key/not/pattern").asText())
        .isEqualTo(JobId.RESERVED_PATTERN);
    assertThat(traits.at("/scheduleMessage/bindings/kafka/key/pattern").asText())
        .isEqualTo("^" + ScheduleId.PATTERN + "$");
  }

  private static List<String> topics() {
    return Arrays.stream(Topics.class.getFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == String.class)
        .map(AsyncApiTest::constant)
        .toList();
  }

  private static String constant(Field field) {
    try {
      return (String) field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> typesOf(Class<?> family) {
    return EventSchemas.types().entrySet().stream()
        .filter(type -> family.isAssignableFrom(type.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<String> typesOn(String channel) {
    List<String> types = new ArrayList<>();
    DOCUMENT
        .at("/channels/" + channel + "/messages")
        .forEach(message -> types.add(resolve(message).get("name").asText()));
    return types;
  }

  private static JsonNode message(String type) {
    for (JsonNode message : DOCUMENT.at("/components/messages")) {
      if (message.get("name").asText().equals(type)) {
        return message;
      }
    }
    throw new AssertionError("no message " + type);
  }

  private static Stream<JsonNode> operations(String action) {
    List<JsonNode> operations = new ArrayList<>();
    DOCUMENT.get("operations").forEach(operations::add);
    return operations.stream().filter(o -> o.get("action").asText().equals(action));
  }

  private static Stream<JsonNode> messagesOf(JsonNode operation) {
    List<JsonNode> messages = new ArrayList<>();
    operation.get("messages").forEach(message -> messages.add(resolve(resolve(message))));
    return messages.stream();
  }

  private static JsonNode resolve(JsonNode reference) {
    return DOCUMENT.at(reference.get("$ref").asText().substring(1));
  }

  private static List<String> references(JsonNode node) {
    return node.findValuesAsText("$ref");
  }

  private static int maxBytes(String channel) {
    return DOCUMENT
        .at("/channels/" + channel + "/bindings/kafka/topicConfiguration/max.message.bytes")
        .asInt();
  }

  private static JsonNode read() {
    try {
      return new YAMLMapper().readTree(Files.readString(RESOURCES.resolve("asyncapi.yaml")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
