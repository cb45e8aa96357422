package io.flintwheel.status.http;

import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobState;
import io.flintwheel.events.job.KubernetesSyntax;
import io.flintwheel.events.schedule.ScheduleId;
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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads query parameters; what is wrong is refused by name, with what would be right. */
final class FilterParameters {

  static final int DEFAULT_LIMIT = 50;
  static final int MOST = 500;

  private static final Set<JobState> STATES = EnumSet.complementOf(EnumSet.of(JobState.UNKNOWN));

  /** Java would take a plus sign and the digits of all scripts. */
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]+");

  private static final String LABEL_RULE =
      "key=value, repeated for several; the key "
          + KubernetesSyntax.LABEL_KEY_RULE
          + "; the value "
          + KubernetesSyntax.LABEL_VALUE_RULE;

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
        Optional.ofNullable(namespace).map(FilterParameters::namespace),
        Optional.ofNullable(schedule).map(FilterParameters::schedule),
        labels(labels),
        cursor(cursor),
        limit == null ? DEFAULT_LIMIT : (int) number("limit", limit, 1, MOST));
  }

  static JobId jobId(String text) {
    try {
      return new JobId(text);
    } catch (IllegalArgumentException e) {
      throw refused("jobId", "'" + shortened(text) + "' is no job id", JobId.RULE);
    }
  }

  private static String namespace(String text) {
    if (!KubernetesSyntax.isNamespace(text)) {
      throw refused(
          "namespace",
          "'" + shortened(text) + "' is no namespace",
          KubernetesSyntax.NAMESPACE_RULE);
    }
    return text;
  }

  private static ScheduleId schedule(String text) {
    try {
      return new ScheduleId(text);
    } catch (IllegalArgumentException e) {
      throw refused(
          "schedule",
          "'" + shortened(text) + "' is no schedule id",
          "1 to 27 characters that match " + ScheduleId.PATTERN);
    }
  }

  static long number(String field, String text, long least, long most) {
    String expected =
        most == Long.MAX_VALUE
            ? "a whole number of at least " + least
            : "a whole number from " + least + " to " + most;
    if (!WHOLE_NUMBER.matcher(text).matches()) {
      throw refused(field, "'" + shortened(text) + "' is not a whole number", expected);
    }
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw refused(field, shortened(text) + " is out of range", expected);
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
      String key = equals < 0 ? "" : text.substring(0, equals);
      String value = text.substring(equals + 1);
      if (!KubernetesSyntax.isLabelKey(key) || !KubernetesSyntax.isLabelValue(value)) {
        throw refused("label", "'" + shortened(text) + "' is no label", LABEL_RULE);
      }
      if (!value.equals(labels.getOrDefault(key, value))) {
        throw refused(
            "label",
            "'" + key + "' cannot have two values",
            "each key once: a job has all of the labels");
      }
      labels.put(key, value);
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
    return Refused.badParameter(field, message, expected);
  }

  /** Short enough for a message, and without what no message shows. */
  static String shortened(String text) {
    String shown = text.replaceAll("\\p{Cntrl}", "\ufffd");
    return shown.length() <= 60 ? shown : shown.substring(0, 60) + "...";
  }
}
