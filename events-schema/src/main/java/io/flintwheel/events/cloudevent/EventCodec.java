package io.flintwheel.events.cloudevent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.events.Event;
import io.flintwheel.events.EventData;
import io.flintwheel.events.EventId;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.Topics;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobMessage;
import io.flintwheel.events.job.JobMessages;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Job messages as CloudEvents 1.0 on Kafka, both content modes, both ways.
 *
 * <p>Reading never throws: whatever somebody put on a topic is either a message or a reason.
 */
public final class EventCodec {

  private static final String PREFIX = "ce_";
  private static final String CONTENT_TYPE = "content-type";
  private static final String JSON = "application/json";
  private static final String STRUCTURED = "application/cloudevents+json";
  private static final String SCHEMA_BASE = "https://flintwheel.io/schemas/";

  /** The JSON Schema that a type's data follows. */
  public static URI dataSchema(String type) {
    return URI.create(SCHEMA_BASE + type + ".json");
  }

  /** Writes an event; the same event is always the same bytes. */
  public EventRecord encode(Event<? extends EventData> event, ContentMode mode) {
    EventData data = event.data();
    Map<String, String> context = new LinkedHashMap<>();
    context.put("specversion", "1.0");
    context.put("id", event.id().value());
    context.put("source", event.source().toString());
    context.put("type", data.type());
    context.put("subject", data.recordKey());
    context.put("time", event.time().toString());
    context.put("dataschema", dataSchema(data.type()).toString());
    context.put("partitionkey", data.recordKey());
    try {
      if (mode == ContentMode.BINARY) {
        List<Header> headers = new ArrayList<>();
        context.forEach((name, value) -> headers.add(Header.of(PREFIX + name, value)));
        headers.add(Header.of(CONTENT_TYPE, JSON));
        return new EventRecord(
            data.recordKey(), headers, EventJson.mapper().writeValueAsBytes(data));
      }
      ObjectNode document = EventJson.mapper().createObjectNode();
      context.forEach(document::put);
      document.put("datacontenttype", JSON);
      document.set("data", EventJson.mapper().valueToTree(data));
      return new EventRecord(
          data.recordKey(),
          List.of(Header.of(CONTENT_TYPE, STRUCTURED + "; charset=UTF-8")),
          EventJson.mapper().writeValueAsBytes(document));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a message of ours cannot be written as JSON", e);
    }
  }

  /** Reads a record in either mode; a JSON body with {@code specversion} is taken as structured. */
  public Decoded decode(EventRecord record) {
    byte[] value = record.value();
    if (value == null || value.length == 0) {
      return undecodable(Decoded.Reason.EMPTY, "", "the record has no value", "a CloudEvent", null);
    }
    if (value.length > Topics.MAX_REQUEST_BYTES) {
      return undecodable(
          Decoded.Reason.TOO_LARGE,
          "",
          "the record has " + value.length + " bytes",
          "at most " + Topics.MAX_REQUEST_BYTES + " bytes",
          null);
    }
    Map<String, String> context = new LinkedHashMap<>();
    String contentType = "";
    for (Header header : record.headers()) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (name.startsWith(PREFIX)) {
        context.put(name.substring(PREFIX.length()), header.text());
      } else if (name.equals(CONTENT_TYPE)) {
        contentType = header.text().toLowerCase(Locale.ROOT);
      }
    }
    JsonNode document;
    try {
      document = EventJson.mapper().readTree(value);
    } catch (IOException e) {
      return undecodable(
          Decoded.Reason.NOT_JSON, "", "the value is not JSON", "a JSON document", null);
    }
    boolean structured =
        contentType.startsWith(STRUCTURED) || (context.isEmpty() && document.has("specversion"));
    JsonNode data = document;
    if (structured) {
      context.clear();
      document
          .properties()
          .forEach(
              field -> {
                if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                  context.put(field.getKey(), field.getValue().asText());
                }
              });
      data = document.path("data");
    }
    return read(context, data);
  }

  private static Decoded read(Map<String, String> context, JsonNode data) {
    Optional<JobId> jobId = jobId(context, data);
    for (String required : List.of("specversion", "id", "source", "type")) {
      if (context.getOrDefault(required, "").isBlank()) {
        return undecodable(
            Decoded.Reason.NOT_A_CLOUD_EVENT,
            required,
            "the CloudEvents attribute '" + required + "' is missing",
            "a CloudEvent 1.0 with id, source, type and specversion",
            jobId.orElse(null));
      }
    }
    if (!context.get("specversion").equals("1.0")) {
      return undecodable(
          Decoded.Reason.NOT_A_CLOUD_EVENT,
          "specversion",
          "unknown version '" + context.get("specversion") + "'",
          "1.0",
          jobId.orElse(null));
    }
    String type = context.get("type");
    Optional<Class<? extends JobMessage>> recordClass = JobMessages.recordOf(type);
    if (recordClass.isEmpty()) {
      return undecodable(
          Decoded.Reason.UNKNOWN_TYPE,
          "type",
          "unknown type '" + type + "'",
          String.join(", ", JobMessages.types().keySet()),
          jobId.orElse(null));
    }
    try {
      Instant time = Instant.parse(context.getOrDefault("time", "1970-01-01T00:00:00Z"));
      URI source = URI.create(context.get("source"));
      JsonNode complete = data;
      if (type.equals(JobRequested.TYPE)
          && data instanceof ObjectNode object
          && !object.has("jobId")) {
        complete =
            object
                .deepCopy()
                .put("jobId", JobId.derivedFrom(source.toString(), context.get("id")).value());
      }
      JobMessage message = EventJson.mapper().treeToValue(complete, recordClass.get());
      if (message == null) {
        throw new IllegalArgumentException("data is missing");
      }
      return new Decoded.Message(
          new Event<>(new EventId(context.get("id")), source, time, message));
    } catch (DateTimeParseException e) {
      return undecodable(
          Decoded.Reason.NOT_A_CLOUD_EVENT, "time", e.getMessage(), "RFC 3339", jobId.orElse(null));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return undecodable(
          Decoded.Reason.INVALID_DATA,
          "data",
          rootMessage(e),
          dataSchema(type).toString(),
          jobId.orElse(null));
    }
  }

  private static Optional<JobId> jobId(Map<String, String> context, JsonNode data) {
    String named = data.path("jobId").asText(context.getOrDefault("subject", ""));
    try {
      return Optional.of(new JobId(named));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String rootMessage(Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof JsonProcessingException json
        ? json.getOriginalMessage()
        : String.valueOf(cause.getMessage());
  }

  private static Decoded.Undecodable undecodable(
      Decoded.Reason reason, String field, String message, String expected, @Nullable JobId jobId) {
    return new Decoded.Undecodable(
        reason, List.of(new Problem(field, message, expected)), Optional.ofNullable(jobId));
  }

  /** The text of a structured event, as a console producer would send it. */
  public String toText(Event<? extends EventData> event) {
    byte[] value = encode(event, ContentMode.STRUCTURED).value();
    return new String(value == null ? new byte[0] : value, StandardCharsets.UTF_8);
  }
}
