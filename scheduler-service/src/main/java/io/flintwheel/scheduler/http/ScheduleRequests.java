package io.flintwheel.scheduler.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.job.Problem;
import io.flintwheel.events.schedule.ScheduleId;
import io.flintwheel.scheduler.schedule.DefinitionReader;
import io.flintwheel.scheduler.schedule.DefinitionReading;
import io.flintwheel.scheduler.schedule.ScheduleConfig;
import io.flintwheel.scheduler.schedule.ScheduleDefinition;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what clients send; what is wrong with it is told all at once. */
@Singleton
@Startup // Bad configuration stops the service at its start, not at its first request.
class ScheduleRequests {

  private static final int MALFORMED = 400;
  private static final int NOT_FOUND = 404;

  private static final ObjectReader JSON =
      EventJson.mapper()
          .reader()
          .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .with(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final DefinitionReader reader;

  ScheduleRequests(ScheduleConfig config) {
    reader = DefinitionReader.of(config.minInterval());
  }

  /** A schedule that a client wrote. */
  record Request(Optional<ScheduleId> id, ScheduleDefinition definition, List<Problem> warnings) {}

  Request read(@Nullable String body) {
    DefinitionReading reading = reader.read(json(body));
    return reading
        .definition()
        .map(definition -> new Request(reading.id(), definition, reading.warnings()))
        .orElseThrow(() -> new ProblemException(MALFORMED, reading.problems()));
  }

  private static JsonNode json(@Nullable String body) {
    try {
      JsonNode document = JSON.readTree(body == null ? "" : body);
      if (!UTF_8.newEncoder().canEncode(document.toString())) {
        throw new ProblemException(
            MALFORMED, "", "a text in the body holds half a character", "pairs of surrogates");
      }
      if (!document.isMissingNode()) {
        return document;
      }
    } catch (JsonProcessingException e) {
      throw new ProblemException(
          MALFORMED,
          "",
          "the body is not JSON: " + e.getOriginalMessage(),
          "a JSON document of at most " + StreamReadConstraints.DEFAULT_MAX_DEPTH + " levels");
    }
    throw new ProblemException(MALFORMED, "", "the body is empty", "a JSON document");
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
    try {
      return Optional.of(Long.valueOf(ifMatch.replace("\"", "")));
    } catch (NumberFormatException e) {
      throw new ProblemException(
          MALFORMED,
          "If-Match",
          "'" + abbreviate(ifMatch) + "' is no ETag of a schedule",
          "the ETag of an earlier answer");
    }
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
