package io.flintwheel.scheduler.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.events.EventId;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.job.Problem;
import io.flintwheel.events.schedule.ScheduleId;
import io.flintwheel.scheduler.schedule.DefinitionReader;
import io.flintwheel.scheduler.schedule.DefinitionReading;
import io.flintwheel.scheduler.schedule.ScheduleConfig;
import io.flintwheel.scheduler.schedule.ScheduleDefinition;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what clients send; what is wrong with it is told all at once. */
@Singleton
@Startup // Bad configuration stops the service at its start, not at its first request.
class ScheduleRequests {

  private static final int MALFORMED = 400;
  private static final int NOT_FOUND = 404;
  private static final int TOO_LARGE = 413;
  private static final String JSON =
      "one JSON document without a field that stands twice, at most "
          + EventJson.mapper().getFactory().streamReadConstraints().getMaxNestingDepth()
          + " levels deep";

  /** Far more than a definition may have, so that its own limit is what is told. */
  static final int MOST_BYTES = 1024 * 1024;

  private static final Pattern VERSION = Pattern.compile("[0-9]{1,18}|\"[0-9]{1,18}\"");

  private final DefinitionReader reader;

  ScheduleRequests(ScheduleConfig config) {
    reader = DefinitionReader.of(config.minInterval());
  }

  /** A schedule that a client wrote. */
  record Request(Optional<ScheduleId> id, ScheduleDefinition definition, List<Problem> warnings) {}

  Request read(@Nullable InputStream body) {
    DefinitionReading reading = reader.read(json(bytes(body)));
    return reading
        .definition()
        .map(definition -> new Request(reading.id(), definition, reading.warnings()))
        .orElseThrow(() -> new ProblemException(MALFORMED, reading.problems()));
  }

  /** No more than is needed: one that tells no length may be endless. */
  private static byte[] bytes(@Nullable InputStream body) {
    try {
      byte[] bytes = body == null ? new byte[0] : body.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new ProblemException(
            TOO_LARGE,
            "",
            "the body has more than " + MOST_BYTES + " bytes",
            "at most " + MOST_BYTES + " bytes");
      }
      return bytes;
    } catch (IOException e) {
      throw new ProblemException(MALFORMED, "", "the body cannot be read", JSON);
    }
  }

  private static JsonNode json(byte[] body) {
    JsonNode document = parse(body);
    if (document.isMissingNode()) {
      throw new ProblemException(MALFORMED, "", "the body is empty", "a JSON document");
    }
    if (!EventId.isStorable(document.toString())) {
      throw new ProblemException(
          MALFORMED, "", "a text in the body holds half a character", "pairs of surrogates");
    }
    return document;
  }

  private static JsonNode parse(byte[] body) {
    try {
      return EventJson.readStrictly(body);
    } catch (JsonProcessingException e) {
      // The parser's own words speak of its settings and quote the document.
      throw new ProblemException(MALFORMED, "", "the body cannot be read as JSON" + at(e), JSON);
    } catch (IOException e) {
      throw new ProblemException(MALFORMED, "", "the body cannot be read", JSON);
    }
  }

  private static String at(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    return location == null
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  /** Refuses a body where none is read: its sender expects it to do something. */
  static void nothing(@Nullable InputStream body) {
    String text = new String(bytes(body), UTF_8).strip();
    if (!text.isEmpty() && !text.equals("{}")) {
      throw new ProblemException(
          MALFORMED, "", "this request takes no body", "no body; PUT changes a schedule");
    }
  }

  /** The id in a path; one that no schedule can have is answered as one that none has. */
  static ScheduleId pathId(String text) {
    try {
      return new ScheduleId(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          NOT_FOUND, "id", String.valueOf(e.getMessage()), "matches " + ScheduleId.PATTERN);
    }
  }

  static int number(@Nullable String text, String name, int normal, int most) {
    if (text == null) {
      return normal;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, with the same words.
    }
    throw new ProblemException(
        MALFORMED,
        name,
        "'" + abbreviate(text) + "' is not possible",
        "a number from 1 to " + most);
  }

  /** The id in a schedule list's cursor. */
  static @Nullable String cursor(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return new ScheduleId(text).value();
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          MALFORMED,
          "cursor",
          "'" + abbreviate(text) + "' is no cursor",
          "nextCursor of an earlier answer");
    }
  }

  /** The version in an {@code If-Match} header. */
  static Optional<Long> version(@Nullable String ifMatch) {
    if (ifMatch == null || ifMatch.equals("*")) {
      return Optional.empty();
    }
    if (VERSION.matcher(ifMatch).matches()) {
      return Optional.of(Long.valueOf(ifMatch.replace("\"", "")));
    }
    throw new ProblemException(
        MALFORMED,
        "If-Match",
        "'" + abbreviate(ifMatch) + "' is no ETag of a schedule",
        "the ETag of an earlier answer");
  }

  /** The {@code Idempotency-Key} header. */
  static Optional<String> idempotencyKey(@Nullable String key) {
    if (key != null && (key.isBlank() || key.length() > 255)) {
      throw new ProblemException(
          MALFORMED,
          "Idempotency-Key",
          "has " + key.length() + " characters",
          "1 to 255 characters that are not all blank");
    }
    return Optional.ofNullable(key);
  }

  static String abbreviate(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "...";
  }
}
