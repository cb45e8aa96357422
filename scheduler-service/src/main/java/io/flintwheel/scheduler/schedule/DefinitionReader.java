package io.flintwheel.scheduler.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.events.schedule.ScheduleId;
import io.flintwheel.scheduler.recurrence.Recurrences;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;

/** Reads a schedule's document and tells everything that is wrong with it. */
public final class DefinitionReader {

  private static final Set<String> FIELDS = Set.of("id", "specs", "timeZone", "job");

  private final ZoneReader zones;
  private final RecurrenceReader recurrences;
  private final JobTemplateReader jobs;

  private DefinitionReader(Duration minInterval, boolean accepted) {
    zones = new ZoneReader(!accepted);
    recurrences = new RecurrenceReader(minInterval);
    jobs = new JobTemplateReader(!accepted);
  }

  /** A reader that refuses intervals shorter than {@code minInterval}. */
  public static DefinitionReader of(Duration minInterval) {
    if (minInterval.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "flintwheel.scheduler.min-interval must be at least PT1S: " + minInterval);
    }
    return new DefinitionReader(minInterval, false);
  }

  /** A reader for what was accepted once: what was tightened since does not stop it. */
  public static DefinitionReader ofAccepted() {
    return new DefinitionReader(Duration.ofSeconds(1), true);
  }

  public DefinitionReading read(JsonNode document) {
    Findings findings = new Findings();
    if (!findings.object(document, "", FIELDS)) {
      return reading(Optional.empty(), Optional.empty(), findings);
    }
    Optional<ScheduleId> id = id(document, findings);
    Optional<ZoneId> zone = zones.read(document, findings);
    Optional<Recurrences> specs =
        recurrences.specs(document.path("specs"), zone.orElse(ZoneOffset.UTC), findings);
    Optional<JobTemplate> job = jobs.read(document.path("job"), findings);
    if (!findings.clean() || zone.isEmpty() || specs.isEmpty() || job.isEmpty()) {
      return reading(id, Optional.empty(), findings);
    }
    return reading(
        id, Optional.of(new ScheduleDefinition(specs.get(), zone.get(), job.get())), findings);
  }

  private static Optional<ScheduleId> id(JsonNode document, Findings findings) {
    return findings
        .text(document, "", "id")
        .flatMap(
            text -> {
              try {
                return Optional.of(new ScheduleId(text));
              } catch (IllegalArgumentException e) {
                findings.wrong(
                    "id", String.valueOf(e.getMessage()), "matches " + ScheduleId.PATTERN);
                return Optional.empty();
              }
            });
  }

  private static DefinitionReading reading(
      Optional<ScheduleId> id, Optional<ScheduleDefinition> definition, Findings findings) {
    return new DefinitionReading(id, definition, findings.problems(), findings.warnings());
  }
}
