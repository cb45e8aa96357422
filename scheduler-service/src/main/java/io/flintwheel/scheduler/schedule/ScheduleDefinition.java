package io.flintwheel.scheduler.schedule;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.scheduler.recurrence.CronRecurrence;
import io.flintwheel.scheduler.recurrence.Interval;
import io.flintwheel.scheduler.recurrence.OneShot;
import io.flintwheel.scheduler.recurrence.Recurrence;
import io.flintwheel.scheduler.recurrence.Recurrences;
import java.time.Duration;
import java.time.ZoneId;
import java.util.TreeMap;

/**
 * What users write: when, and which job.
 *
 * @param recurrences when; a tick that several of them have is one tick
 * @param zone in which cron is read
 */
public record ScheduleDefinition(Recurrences recurrences, ZoneId zone, JobTemplate job) {

  /** The document that {@link DefinitionReader} reads back, with defaults filled in. */
  public ObjectNode toJson() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ArrayNode specs = document.putArray("specs");
    for (Recurrence recurrence : recurrences.members()) {
      write(recurrence, specs.addObject());
    }
    document.put("timeZone", zone.getId());
    ObjectNode template = document.putObject("job");
    template.put("namespace", job.namespace());
    if (!job.labels().isEmpty()) {
      ObjectNode labels = template.putObject("labels");
      new TreeMap<>(job.labels()).forEach(labels::put);
    }
    template.set("spec", job.spec().json());
    return document;
  }

  private static void write(Recurrence recurrence, ObjectNode spec) {
    if (recurrence instanceof CronRecurrence cron) {
      spec.put("cron", cron.expression().toString());
    } else if (recurrence instanceof Interval interval) {
      spec.put("every", interval.every().toString());
      if (interval.phase().compareTo(Duration.ZERO) > 0) {
        spec.put("phase", interval.phase().toString());
      }
    } else if (recurrence instanceof OneShot once) {
      spec.put("at", once.at().toString());
    } else {
      throw new IllegalStateException("a union inside a union is never read: " + recurrence);
    }
  }
}
