package io.flintwheel.events.cloudevent;

import io.flintwheel.events.EventId;
import io.flintwheel.events.Json;
import io.flintwheel.events.job.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The attributes of an event, judged. */
record Context(EventId id, URI source, String type, Instant time) {

  /**
   * In bytes of UTF-8. Readers know an event by job, source and id, and the longest three must fit
   * into one key of a database: PostgreSQL's have 2704 bytes, an id up to 765.
   */
  private static final int LONGEST_SOURCE = 1024;

  private static final String EXAMPLE_TIME = "RFC 3339, such as 2026-01-31T08:00:00Z";

  /**
   * Reads the attributes and tells all that is wrong with them at once.
   *
   * @param types those that may stand here
   */
  static Context read(Map<String, String> attributes, Set<String> types, Instant recordTime)
      throws UndecodableException {
    List<Problem> problems = new ArrayList<>();
    for (String required : List.of("specversion", "id", "source", "type")) {
      if (attributes.getOrDefault(required, "").isBlank()) {
        problems.add(
            new Problem(
                required,
                "the CloudEvents attribute is missing",
                "a CloudEvent 1.0 with specversion, id, source and type"));
      }
    }
    String version = attributes.getOrDefault("specversion", "1.0");
    if (!version.isBlank() && !version.equals("1.0")) {
      problems.add(wrong("specversion", version, "1.0"));
    }
    String id = attributes.getOrDefault("id", "");
    if (id.length() > EventId.MAX_LENGTH) {
      problems.add(wrong("id", id, "at most " + EventId.MAX_LENGTH + " characters"));
    }
    String sourceText = attributes.getOrDefault("source", "");
    if (sourceText.getBytes(StandardCharsets.UTF_8).length > LONGEST_SOURCE) {
      problems.add(wrong("source", sourceText, "at most " + LONGEST_SOURCE + " bytes of UTF-8"));
    }
    if (!EventId.isStorable(id)) {
      problems.add(unstorable("id"));
    }
    URI source = source(sourceText, problems);
    Instant time = time(attributes.getOrDefault("time", ""), recordTime, problems);
    if (!problems.isEmpty()) {
      throw new UndecodableException(Decoded.Reason.NOT_A_CLOUD_EVENT, problems);
    }
    String type = attributes.getOrDefault("type", "");
    if (!types.contains(type)) {
      throw new UndecodableException(
          Decoded.Reason.UNKNOWN_TYPE, wrong("type", type, "one of " + String.join(", ", types)));
    }
    return new Context(new EventId(id), source, type, time);
  }

  private static Problem unstorable(String name) {
    return new Problem(
        name, "has the character NUL or half a surrogate pair", "a text without these");
  }

  private static URI source(String text, List<Problem> problems) {
    try {
      URI source = new URI(text.isBlank() ? "" : text); // A blank one was told as missing.
      if (!EventId.isStorable(text)) {
        problems.add(unstorable("source"));
      }
      return source;
    } catch (URISyntaxException e) {
      problems.add(wrong("source", text, "a URI reference, such as urn:example:billing"));
      return URI.create("");
    }
  }

  private static Instant time(String text, Instant recordTime, List<Problem> problems) {
    if (text.isBlank()) {
      return recordTime;
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      if (isFourDigitYear(time)) {
        // It is told again in UTC, where another year may be.
        if (isFourDigitYear(time.withOffsetSameInstant(ZoneOffset.UTC))) {
          return time.toInstant();
        }
        problems.add(wrong("time", text, "a time from year 0001 to 9999, in UTC too"));
        return recordTime;
      }
    } catch (DateTimeException e) {
      // Told below, as for a year that databases do not know.
    }
    problems.add(wrong("time", text, EXAMPLE_TIME));
    return recordTime;
  }

  private static boolean isFourDigitYear(OffsetDateTime time) {
    return time.getYear() >= 1 && time.getYear() <= 9999;
  }

  private static Problem wrong(String field, String value, String expected) {
    return new Problem(field, "is '" + Json.abbreviate(value) + "'", expected);
  }
}
