package io.flintwheel.events.cloudevent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.Json;
import io.flintwheel.events.Topics;
import io.flintwheel.events.job.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An event taken out of its record: the context as it was written, not yet judged, and the data.
 *
 * @param context attributes by name
 * @param data a missing node when there are none
 */
record Envelope(Map<String, String> context, JsonNode data) {

  /** Attributes that CloudEvents defines as text; a number is a mistake worth telling. */
  private static final List<String> TEXTS =
      List.of(
          "specversion",
          "id",
          "source",
          "type",
          "subject",
          "time",
          "datacontenttype",
          "dataschema",
          "partitionkey");

  static Envelope open(EventRecord record) throws UndecodableException {
    Map<String, String> headers = new LinkedHashMap<>();
    String contentType = "";
    for (Header header : record.headers()) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (name.startsWith(EventCodec.PREFIX)) {
        headers.put(name.substring(EventCodec.PREFIX.length()), header.text());
      } else if (name.equals(EventCodec.CONTENT_TYPE)) {
        contentType = header.text().strip().toLowerCase(Locale.ROOT);
      }
    }
    try {
      JsonNode document = parse(record.value());
      if (isStructured(contentType) || (headers.isEmpty() && document.has("specversion"))) {
        return structured(document);
      }
      if (headers.isEmpty()) {
        throw noEvent(document);
      }
      return new Envelope(headers, document);
    } catch (UndecodableException e) {
      throw e.about(headers);
    }
  }

  private static boolean isStructured(String contentType) throws UndecodableException {
    if (!contentType.startsWith("application/cloudevents")) {
      return false;
    }
    String mediaType = contentType.split(";", 2)[0].strip();
    if (!mediaType.equals(EventCodec.STRUCTURED)) {
      throw new UndecodableException(
          Decoded.Reason.NOT_A_CLOUD_EVENT,
          new Problem(
              EventCodec.CONTENT_TYPE,
              "is '" + Json.abbreviate(mediaType) + "', a format that is not read here",
              EventCodec.STRUCTURED + ", one event a record"));
    }
    return true;
  }

  private static JsonNode parse(byte[] value) throws UndecodableException {
    if (value == null || value.length == 0) {
      throw new UndecodableException(
          Decoded.Reason.EMPTY, new Problem("", "the record has no value", "a CloudEvent"));
    }
    if (value.length > Topics.REQUEST_TOPIC_MAX_MESSAGE_BYTES) {
      throw new UndecodableException(
          Decoded.Reason.TOO_LARGE,
          new Problem(
              "",
              "the record has " + value.length + " bytes",
              "at most " + Topics.REQUEST_TOPIC_MAX_MESSAGE_BYTES + " bytes"));
    }
    try {
      JsonNode document = EventJson.readStrictly(value);
      if (!document.isMissingNode()) {
        return document;
      }
      throw notJson("the value is blank");
    } catch (StreamConstraintsException e) {
      throw notJson("the value is nested too deep or has a number or name that is too long");
    } catch (JsonProcessingException e) {
      throw notJson(describe(e));
    } catch (IOException e) {
      throw notJson("the value is not UTF-8");
    }
  }

  /** Says where, but not what stands there: it can be a secret. */
  private static String describe(JsonProcessingException e) {
    String message = String.valueOf(e.getOriginalMessage());
    String what =
        message.startsWith("Duplicate field")
            ? "the value has a field twice"
            : "the value is not JSON";
    return e.getLocation() == null
        ? what
        : what
            + " (line "
            + e.getLocation().getLineNr()
            + ", column "
            + e.getLocation().getColumnNr()
            + ")";
  }

  private static UndecodableException notJson(String message) {
    return new UndecodableException(
        Decoded.Reason.NOT_JSON, new Problem("", message, "one JSON document in UTF-8"));
  }

  private static UndecodableException noEvent(JsonNode document) {
    String message = "the record has no ce_ headers, and its value no specversion";
    if (document.isArray()) {
      message = "the value is a list";
    } else if (document.has("mainApplicationFile") || document.path("spec").isObject()) {
      message += "; a specification alone is no event";
    }
    return new UndecodableException(
        Decoded.Reason.NOT_A_CLOUD_EVENT,
        new Problem(
            "specversion",
            message,
            "a CloudEvent 1.0: attributes in headers ce_*, or all in one JSON object"));
  }

  private static Envelope structured(JsonNode document) throws UndecodableException {
    if (!document.isObject()) {
      throw new UndecodableException(
          Decoded.Reason.NOT_A_CLOUD_EVENT,
          new Problem("", "the value is " + Json.kind(document), "one CloudEvent, a JSON object"));
    }
    Map<String, String> context = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : document.properties()) {
      JsonNode value = field.getValue();
      if (TEXTS.contains(field.getKey()) && !value.isTextual() && !value.isNull()) {
        problems.add(new Problem(field.getKey(), "is " + Json.kind(value), "a text, in quotes"));
      } else if (value.isValueNode() && !value.isNull()) {
        context.put(field.getKey(), value.asText());
      }
    }
    JsonNode data = document.path("data");
    if (!problems.isEmpty()) {
      throw new UndecodableException(Decoded.Reason.NOT_A_CLOUD_EVENT, problems)
          .about(context)
          .about(data);
    }
    return new Envelope(context, document.has("data_base64") ? unpacked(document) : data);
  }

  private static JsonNode unpacked(JsonNode document) throws UndecodableException {
    JsonNode packed = document.path("data_base64");
    if (document.hasNonNull("data")) {
      throw badBase64("stands beside data", "one of data and data_base64");
    }
    if (packed.isNull()) {
      return MissingNode.getInstance();
    }
    try {
      return parse(Base64.getDecoder().decode(packed.asText()));
    } catch (IllegalArgumentException e) {
      throw badBase64("is not base64", "JSON as base64, or JSON itself in data");
    }
  }

  private static UndecodableException badBase64(String message, String expected) {
    return new UndecodableException(
        Decoded.Reason.NOT_A_CLOUD_EVENT, new Problem("data_base64", message, expected));
  }
}
