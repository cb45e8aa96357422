package io.flintwheel.events.cloudevent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.events.Event;
import io.flintwheel.events.EventData;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.job.JobMessages;
import io.flintwheel.events.schedule.ScheduleFact;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages as CloudEvents 1.0 on Kafka, both content modes, both ways.
 *
 * <p>Reading never throws: whatever somebody put on a topic is either a message or a reason.
 */
public final class EventCodec {

  static final String PREFIX = "ce_";
  static final String CONTENT_TYPE = "content-type";
  static final String JSON = "application/json";
  static final String STRUCTURED = "application/cloudevents+json";

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

  /** The same as {@link #decode(EventRecord, Instant)} for a record of which no time is known. */
  public Decoded decode(EventRecord record) {
    return decode(record, Instant.EPOCH);
  }

  /**
   * Reads a job message in either mode; a JSON body with {@code specversion} and neither {@code
   * ce_} headers nor a content type of CloudEvents is taken as structured.
   *
   * @param recordTime the record's own time, taken when the event has none: it stays the same when
   *     the record is read again
   */
  public Decoded decode(EventRecord record, Instant recordTime) {
    return new EventReader<>(JobMessages.types(), Decoded.Message::new).read(record, recordTime);
  }

  /**
   * Reads a fact about a schedule in either mode, as {@link #decode(EventRecord, Instant)} reads
   * job messages; the result is a {@link Decoded.ScheduleMessage} or undecodable.
   */
  public Decoded decodeScheduleFact(EventRecord record, Instant recordTime) {
    return new EventReader<>(ScheduleFact.types(), Decoded.ScheduleMessage::new)
        .read(record, recordTime);
  }

  /**
   * How many bytes of {@code Topics.MAX_REQUEST_BYTES} a message takes: its data as JSON without
   * blanks, whatever the content mode.
   */
  public static int dataSize(EventData data) {
    return DataSize.of(data);
  }

  /** The text of a structured event, as a console producer would send it. */
  public String toText(Event<? extends EventData> event) {
    byte[] value = encode(event, ContentMode.STRUCTURED).value();
    return new String(value == null ? new byte[0] : value, StandardCharsets.UTF_8);
  }
}
