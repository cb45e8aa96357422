package io.flintwheel.local.node;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a log is asked for, as the kubelet's API names it.
 *
 * @param follow whether to go on until the container ends
 * @param tailLines at most the last so many lines
 * @param limitBytes at most so many bytes
 * @param since nothing that was written before
 * @param timestamps whether each line begins with its time
 * @param previous whether the run before the container's restart is meant
 */
record LogRequest(
    boolean follow,
    OptionalLong tailLines,
    OptionalLong limitBytes,
    Optional<Instant> since,
    boolean timestamps,
    boolean previous) {

  /**
   * @throws IllegalArgumentException naming the parameter that is wrong
   */
  static LogRequest parse(@Nullable String query, Instant now) {
    Map<String, String> parameters = parameters(query);
    Optional<Instant> sinceTime = instant(parameters.get("sinceTime"));
    OptionalLong sinceSeconds = number(parameters, "sinceSeconds", 1);
    return new LogRequest(
        flag(parameters.get("follow")),
        number(parameters, "tailLines", 0),
        number(parameters, "limitBytes", 1),
        sinceSeconds.isPresent()
            ? Optional.of(now.minus(Duration.ofSeconds(sinceSeconds.getAsLong())))
            : sinceTime,
        flag(parameters.get("timestamps")),
        flag(parameters.get("previous")));
  }

  private static Map<String, String> parameters(@Nullable String query) {
    var parameters = new HashMap<String, String>();
    if (query == null) {
      return parameters;
    }
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return parameters;
  }

  private static boolean flag(@Nullable String value) {
    return "true".equals(value) || "1".equals(value);
  }

  private static OptionalLong number(Map<String, String> parameters, String name, long least) {
    String value = parameters.get(name);
    if (value == null) {
      return OptionalLong.empty();
    }
    try {
      long number = Long.parseLong(value);
      if (number >= least) {
        return OptionalLong.of(number);
      }
    } catch (NumberFormatException e) {
      // Told below, with the range.
    }
    throw new IllegalArgumentException(name + " is \"" + value + "\": at least " + least);
  }

  private static Optional<Instant> instant(@Nullable String value) {
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(value));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "sinceTime is \"" + value + "\": a time like 2026-01-31T12:00:00Z", e);
    }
  }
}
