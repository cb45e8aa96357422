package io.flintwheel.status.http;

import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobState;
import io.flintwheel.status.projection.JobFilter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads query parameters; what is wrong is refused by name, with what would be right. */
final class FilterParameters {

  static final int DEFAULT_LIMIT = 50;
  static final int MOST = 500;

  private static final Set<JobState> STATES = EnumSet.complementOf(EnumSet.of(JobState.UNKNOWN));

  private FilterParameters() {}

  static JobFilter read(
      List<String> states,
      @Nullable String namespace,
      @Nullable String schedule,
      List<String> labels,
      @Nullable String limit,
      @Nullable String cursor) {
    return new JobFilter(
        states(states),
        Optional.ofNullable(namespace),
        Optional.ofNullable(schedule),
        labels(labels),
        cursor(cursor),
        limit == null ? DEFAULT_LIMIT : (int) number("limit", limit, 1, MOST));
  }

  static JobId jobId(String text) {
    try {
      return new JobId(text);
    } catch (IllegalArgumentException e) {
      throw refused("jobId", String.valueOf(e.getMessage()), JobId.PATTERN);
    }
  }

  static long number(String field, String text, long least, long most) {
    String expected =
        most == Long.MAX_VALUE
            ? "a whole number of at least " + least
            : "a whole number from " + least + " to " + most;
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw refused(field, "'" + shortened(text) + "' is not a whole number", expected);
    }
    throw refused(field, shortened(text) + " is out of range", expected);
  }

  static boolean flag(String field, @Nullable String text) {
    if (text == null || text.equals("false")) {
      return false;
    }
    if (text.isEmpty() || text.equals("true")) {
      return true;
    }
    throw refused(field, "'" + shortened(text) + "' is neither true nor false", "true or false");
  }

  private static Set<JobState> states(List<String> texts) {
    Set<JobState> states = EnumSet.noneOf(JobState.class);
    texts.stream()
        .flatMap(text -> Arrays.stream(text.split(",", -1)))
        .map(String::strip)
        .forEach(word -> states.add(state(word)));
    return states;
  }

  private static JobState state(String word) {
    return STATES.stream()
        .filter(state -> state.name().equals(word.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                refused(
                    "state",
                    "'" + shortened(word) + "' is no state",
                    STATES.stream().map(Enum::name).collect(Collectors.joining(", "))));
  }

  private static Map<String, String> labels(List<String> texts) {
    Map<String, String> labels = new HashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw refused(
            "label", "'" + shortened(text) + "' is no label", "key=value, repeated for several");
      }
      labels.put(text.substring(0, equals), text.substring(equals + 1));
    }
    return labels;
  }

  private static OptionalLong cursor(@Nullable String text) {
    if (text == null) {
      return OptionalLong.empty();
    }
    OptionalLong cursor = Cursor.read(text);
    if (cursor.isEmpty()) {
      throw refused(
          "cursor",
          "'" + shortened(text) + "' was not given out by this service",
          "nextCursor of the page before, or nothing for the first page");
    }
    return cursor;
  }

  private static Refused refused(String field, String message, String expected) {
    return new Refused(ProblemDocument.badParameter(field, message, expected));
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }
}
