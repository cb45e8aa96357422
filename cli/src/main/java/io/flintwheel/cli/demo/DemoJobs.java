package io.flintwheel.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.cli.cluster.ProcessRecord;
import io.flintwheel.events.Event;
import io.flintwheel.events.EventId;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.cloudevent.ContentMode;
import io.flintwheel.events.cloudevent.EventCodec;
import io.flintwheel.events.cloudevent.EventRecord;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.JobSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/**
 * What one demo asks for.
 *
 * @param started names this demo's jobs, so that the next demo has others
 * @param owner the process of this demo
 */
record DemoJobs(Instant started, ProcessRecord owner) {

  /** The label of the schedule's jobs, which tells whose the schedule is. */
  static final String LABEL = "flintwheel-demo";

  private static final Pattern SCHEDULE = Pattern.compile("demo-[0-9]{6}t[0-9]{6}");

  private static final URI SOURCE = Event.source("local", "demo");
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyMMdd't'HHmmss").withZone(ZoneOffset.UTC);

  /** Those of a demo that this process begins. */
  static DemoJobs at(Instant now) {
    return new DemoJobs(now, ProcessRecord.ofThis());
  }

  /** Whether a demo has made that schedule and has ended without removing it. */
  static boolean isLeftBehind(JsonNode schedule) {
    return SCHEDULE.matcher(schedule.path("id").asText()).matches()
        && ProcessRecord.ofWord(schedule.path("job").path("labels").path(LABEL).asText())
            .filter(owner -> owner.alive().isEmpty())
            .isPresent();
  }

  String jobId() {
    return "demo-pi-" + suffix();
  }

  String scheduleId() {
    return "demo-" + suffix();
  }

  /** The request as a plain producer sends it: context in headers, data in the value. */
  EventRecord event() {
    return new EventCodec().encode(request(jobId()), ContentMode.BINARY);
  }

  /** The data of {@link #event()}, to be read by people. */
  String pretty() {
    try {
      return EventJson.mapper()
          .writerWithDefaultPrettyPrinter()
          .writeValueAsString(request(jobId()).data());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a request of ours can be written", e);
    }
  }

  /** Another request in one line, as a console producer takes it. */
  String nextEvent() {
    return new EventCodec().toText(request("my-first-pi-t" + suffix()));
  }

  /** The body that makes the schedule. */
  ObjectNode schedule() {
    ObjectNode spec = spec();
    ((ObjectNode) spec.get("executor")).put("instances", 1);
    ObjectNode schedule = EventJson.mapper().createObjectNode();
    schedule.put("id", scheduleId());
    schedule.putArray("specs").addObject().put("every", "PT10S");
    ObjectNode job = schedule.putObject("job");
    job.putObject("labels").put(LABEL, owner.asWord());
    job.set("spec", spec);
    return schedule;
  }

  private Event<JobRequested> request(String jobId) {
    JobRequested request =
        JobRequested.of(
            JobId.parse(jobId), JobRequested.DEFAULT_NAMESPACE, JobSpec.of((JsonNode) spec()));
    return new Event<>(EventId.of(SOURCE, jobId), SOURCE, started, request);
  }

  private String suffix() {
    return NAME.format(started);
  }

  private static ObjectNode spec() {
    try (InputStream resource = DemoJobs.class.getResourceAsStream("spark-pi.json")) {
      return (ObjectNode) EventJson.mapper().readTree(resource);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read spark-pi.json", e);
    }
  }
}
