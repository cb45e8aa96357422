package io.flintwheel.scheduler.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.scheduler.cron.CronExpression;
import io.flintwheel.scheduler.cron.CronSyntaxException;
import io.flintwheel.scheduler.recurrence.CronRecurrence;
import io.flintwheel.scheduler.recurrence.Interval;
import io.flintwheel.scheduler.recurrence.OneShot;
import io.flintwheel.scheduler.recurrence.Recurrence;
import io.flintwheel.scheduler.recurrence.Recurrences;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code specs}. */
final class RecurrenceReader {

  private static final int MOST_SPECS = 100;
  private static final Set<String> FIELDS = Set.of("cron", "every", "phase", "at");
  private static final String FORMS =
      "{\"cron\": \"*/5 * * * *\"}, {\"every\": \"PT20S\"} or {\"at\": \"2030-01-01T00:00:00Z\"}";
  private static final Duration MOST_EVERY = Duration.ofDays(3660);

  private final Duration minInterval;

  RecurrenceReader(Duration minInterval) {
    this.minInterval = minInterval;
  }

  Optional<Recurrences> specs(JsonNode specs, ZoneId zone, Findings findings) {
    if (!specs.isArray()) {
      findings.wrongType(specs, "specs", "an array of " + FORMS);
      return Optional.empty();
    }
    if (specs.isEmpty() || specs.size() > MOST_SPECS) {
      findings.wrong(
          "specs", "has " + specs.size() + " elements", "1 to " + MOST_SPECS + " of " + FORMS);
      return Optional.empty();
    }
    List<Recurrence> members = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      member(specs.get(i), "specs[" + i + "]", zone, findings).ifPresent(members::add);
    }
    return members.size() == specs.size()
        ? Optional.of(new Recurrences(members))
        : Optional.empty();
  }

  private Optional<Recurrence> member(JsonNode spec, String path, ZoneId zone, Findings findings) {
    if (!findings.object(spec, path, FIELDS)) {
      return Optional.empty();
    }
    long forms = List.of("cron", "every", "at").stream().filter(spec::has).count();
    if (forms != 1 || (spec.has("phase") && !spec.has("every"))) {
      findings.wrong(
          path,
          forms == 1 ? "phase belongs to every" : "has " + forms + " of cron, every and at",
          "exactly one: " + FORMS);
      return Optional.empty();
    }
    if (spec.has("cron")) {
      return required(spec, path, "cron", findings).flatMap(t -> cron(t, path, zone, findings));
    }
    if (spec.has("every")) {
      return required(spec, path, "every", findings).flatMap(t -> every(t, spec, path, findings));
    }
    return required(spec, path, "at", findings).flatMap(t -> at(t, path, findings));
  }

  private static Optional<String> required(
      JsonNode spec, String path, String name, Findings findings) {
    if (spec.path(name).isNull()) {
      findings.wrongType(spec.path(name), path + "." + name, "a string");
    }
    return findings.text(spec, path, name);
  }

  private static Optional<Recurrence> cron(
      String text, String path, ZoneId zone, Findings findings) {
    try {
      return Optional.of(new CronRecurrence(CronExpression.parse(text), zone));
    } catch (CronSyntaxException e) {
      findings.wrong(path + ".cron", String.valueOf(e.getMessage()), e.expected());
      return Optional.empty();
    }
  }

  private Optional<Recurrence> every(String text, JsonNode spec, String path, Findings findings) {
    Optional<Duration> every = duration(text, path + ".every", findings);
    if (every.isEmpty()) {
      return Optional.empty();
    }
    if (every.get().compareTo(minInterval) < 0
        || every.get().compareTo(MOST_EVERY) > 0
        || !Interval.isWholeSeconds(every.get())) {
      findings.wrong(
          path + ".every",
          Findings.quote(text) + " is not a possible interval",
          "whole seconds from " + minInterval + " to P" + MOST_EVERY.toDays() + "D");
      return Optional.empty();
    }
    Optional<String> phaseText = findings.text(spec, path, "phase");
    Optional<Duration> phase =
        phaseText.isEmpty()
            ? Optional.of(Duration.ZERO)
            : duration(phaseText.get(), path + ".phase", findings);
    if (phase.isEmpty()) {
      return Optional.empty();
    }
    if (phase.get().isNegative()
        || !Interval.isWholeSeconds(phase.get())
        || phase.get().compareTo(every.get()) >= 0) {
      findings.wrong(
          path + ".phase",
          Findings.quote(phaseText.orElse("")) + " is not within the interval",
          "whole seconds from PT0S, less than " + every.get());
      return Optional.empty();
    }
    return Optional.of(new Interval(every.get(), phase.get()));
  }

  private static Optional<Duration> duration(String text, String path, Findings findings) {
    try {
      return Optional.of(Duration.parse(text));
    } catch (DateTimeException | ArithmeticException e) {
      findings.wrong(
          path,
          "'" + Findings.quote(text) + "' is not a duration",
          "an ISO-8601 duration of days, hours, minutes and seconds, such as PT20S, PT1H30M or P7D");
      return Optional.empty();
    }
  }

  private static Optional<Recurrence> at(String text, String path, Findings findings) {
    try {
      return Optional.of(new OneShot(OffsetDateTime.parse(text).toInstant()));
    } catch (DateTimeException | IllegalArgumentException e) {
      findings.wrong(
          path + ".at",
          "'" + Findings.quote(text) + "' is not a possible time",
          "a whole second as RFC 3339 writes it, such as 2030-01-01T00:00:00Z, from "
              + OneShot.EARLIEST
              + " to "
              + OneShot.LATEST);
      return Optional.empty();
    }
  }
}
