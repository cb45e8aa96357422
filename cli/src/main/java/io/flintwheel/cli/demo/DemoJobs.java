package io.flintwheel.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

/**
 * What one demo asks for.
 *
 * @param started names this demo's jobs, so that the next demo has others
 */
record DemoJobs(Instant started) {

  private static final URI SOURCE = Event.source("local", "demo");
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyMMdd't'HHmmss").withZone(ZoneOffset.UTC);

  static DemoJobs at(Instant now) {
    return new DemoJobs(now);
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
    schedule.putObject("job").set("spec", spec);
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
