package io.flintwheel.scheduler.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.Problem;
import io.flintwheel.events.schedule.DropReason;
import io.flintwheel.events.schedule.ScheduleId;
import io.flintwheel.events.schedule.TickKind;
import io.flintwheel.scheduler.recurrence.OneShot;
import io.flintwheel.scheduler.schedule.Schedule;
import io.flintwheel.scheduler.schedule.ScheduleConfig;
import io.flintwheel.scheduler.schedule.ScheduleRow;
import io.flintwheel.scheduler.tick.Tick;
import io.flintwheel.scheduler.tick.TickStore.Recorded;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The answers of the API as JSON. */
@Singleton
class ScheduleDocuments {

  static final String PATH = "/api/v1/schedules";

  private final Optional<String> statusUrl;

  ScheduleDocuments(ScheduleConfig config) {
    statusUrl = config.statusUrl();
  }

  ObjectNode schedule(ScheduleRow row) {
    ObjectNode document = EventJson.mapper().createObjectNode();
    document.put("id", row.id().value());
    document.setAll(row.definition());
    document.put("revision", row.revision());
    document.put("version", row.version());
    document.put("paused", row.paused());
    Instant nextDue = row.nextDue();
    if (nextDue != null && !row.paused() && row.trouble() == null) {
      document.put("nextTick", nextDue.toString());
    }
    if (row.trouble() != null) {
      document.put("trouble", row.trouble());
    }
    document.put("createdAt", row.createdAt().toString());
    document.put("updatedAt", row.updatedAt().toString());
    String self = PATH + "/" + row.id();
    ObjectNode links = document.putObject("links");
    links.put("self", self);
    links.put("ticks", self + "/ticks");
    links.put("preview", self + "/preview");
    statusUrl.ifPresent(url -> links.put("jobs", url + "/api/v1/jobs?schedule=" + row.id()));
    return document;
  }

  ObjectNode schedule(ScheduleRow row, List<Problem> warnings) {
    ObjectNode document = schedule(row);
    document.set("warnings", EventJson.mapper().valueToTree(warnings));
    return document;
  }

  ObjectNode schedules(List<ScheduleRow> page, Optional<String> next) {
    ObjectNode document = EventJson.mapper().createObjectNode();
    ArrayNode items = document.putArray("schedules");
    page.forEach(row -> items.add(schedule(row)));
    next.ifPresent(cursor -> document.put("nextCursor", cursor));
    return document;
  }

  ObjectNode ticks(ScheduleId id, List<Recorded> page, Optional<String> next) {
    ObjectNode document = EventJson.mapper().createObjectNode();
    document.put("id", id.value());
    ArrayNode items = document.putArray("ticks");
    page.forEach(recorded -> items.add(tick(recorded)));
    next.ifPresent(cursor -> document.put("nextCursor", cursor));
    return document;
  }

  private ObjectNode tick(Recorded recorded) {
    Tick tick = recorded.tick();
    ObjectNode document = EventJson.mapper().createObjectNode();
    document.put("nominalTime", tick.nominal().toString());
    document.put("kind", tick.kind().name());
    document.put("outcome", tick.outcome().name());
    DropReason reason = tick.reason();
    if (reason != null) {
      document.put("reason", reason.name());
      document.put("count", tick.count());
      document.put("countIsMinimum", tick.countIsMinimum());
    }
    Instant until = tick.until();
    if (until != null) {
      document.put("until", until.toString());
    }
    document.put("decidedAt", recorded.decidedAt().toString());
    JobId jobId = tick.jobId();
    if (jobId != null) {
      document.put("jobId", jobId.value());
      linkJob(document, jobId);
    }
    return document;
  }

  ObjectNode triggered(Tick tick) {
    JobId jobId = Objects.requireNonNull(tick.jobId(), "a manual tick has a job");
    ObjectNode document = EventJson.mapper().createObjectNode();
    document.put("jobId", jobId.value());
    document.put("scheduleId", tick.scheduleId().value());
    document.put("nominalTime", tick.nominal().toString());
    document.put("kind", tick.kind().name());
    linkJob(document, jobId);
    return document;
  }

  private void linkJob(ObjectNode document, JobId jobId) {
    statusUrl.ifPresent(
        url -> document.putObject("links").put("job", url + "/api/v1/jobs/" + jobId));
  }

  ObjectNode preview(Schedule schedule, Instant from, int count) {
    ObjectNode document = EventJson.mapper().createObjectNode();
    ZoneId zone = schedule.definition().zone();
    document.put("id", schedule.id().value());
    document.put("timeZone", zone.getId());
    document.put("paused", schedule.paused());
    ArrayNode ticks = document.putArray("ticks");
    Optional<Instant> tick = schedule.definition().recurrences().next(from);
    // Later ticks than this have no job id; nobody waits for them either.
    for (int i = 0; i < count && tick.isPresent() && !tick.get().isAfter(OneShot.LATEST); i++) {
      ObjectNode item = ticks.addObject();
      item.put("nominalTime", tick.get().toString());
      item.put("local", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(tick.get().atZone(zone)));
      item.put("jobId", schedule.id().jobOf(tick.get(), TickKind.SCHEDULED).value());
      tick = schedule.definition().recurrences().next(tick.get());
    }
    return document;
  }
}
