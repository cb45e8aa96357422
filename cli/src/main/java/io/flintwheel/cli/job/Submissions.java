package io.flintwheel.cli.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.cli.CliFailure;
import io.flintwheel.events.Event;
import io.flintwheel.events.EventId;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.cloudevent.ContentMode;
import io.flintwheel.events.cloudevent.Decoded;
import io.flintwheel.events.cloudevent.EventCodec;
import io.flintwheel.events.cloudevent.EventRecord;
import io.flintwheel.events.cloudevent.Header;
import io.flintwheel.events.job.JobCancelRequested;
import io.flintwheel.events.job.JobCommand;
import io.flintwheel.events.job.JobRequestRules;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.Problem;
import io.flintwheel.events.spark.SparkApplicationSpecReader;
import io.flintwheel.events.spark.SpecReading;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the events that a file asks for. */
final class Submissions {

  static final URI SOURCE = Event.source("local", "cli");

  private static final String MANIFEST_VERSION = "sparkoperator.k8s.io/v1beta2";

  private final Clock clock;
  private final RunNames names;
  private final EventCodec codec = new EventCodec();

  Submissions(Clock clock, RunNames names) {
    this.clock = clock;
    this.names = names;
  }

  /**
   * The events of all documents of a file, or a failure that tells everything that is wrong with
   * the first bad one.
   *
   * @param jobId the job that was asked for; only for a file with one document
   */
  List<Submission> of(JobFile file, Optional<String> jobId) {
    if (jobId.isPresent() && file.documents().size() > 1) {
      throw new CliFailure(
          "--job-id names one job, but %s has %d documents"
              .formatted(file.name(), file.documents().size()));
    }
    return file.documents().stream().map(document -> of(file.name(), document, jobId)).toList();
  }

  private Submission of(String file, ObjectNode document, Optional<String> jobId) {
    if (document.has("specversion")) {
      if (jobId.isPresent()) {
        throw new CliFailure(
            "--job-id does not apply to a CloudEvent, which is published as it is; change data.jobId in "
                + file);
      }
      return cloudEvent(file, document);
    }
    if (document.has("kind") || document.has("apiVersion")) {
      return manifest(file, document, jobId);
    }
    FieldNames.misspelledSpec(document, "")
        .ifPresent(
            slip -> {
              throw new CliFailure(file + " would be refused: " + ProblemWords.of(slip));
            });
    return document.has("spec")
        ? request(file, document, jobId, FieldNames.unknownInRequest(document), List.of())
        : request(
            file,
            EventJson.mapper().createObjectNode().set("spec", document),
            jobId,
            List.of(),
            List.of());
  }

  private Submission cloudEvent(String file, ObjectNode document) {
    try {
      byte[] value = EventJson.mapper().writeValueAsBytes(document);
      List<Header> headers =
          List.of(Header.of("content-type", "application/cloudevents+json; charset=UTF-8"));
      Decoded decoded = codec.decode(new EventRecord(null, headers, value));
      if (decoded instanceof Decoded.Message message) {
        if (!(message.event().data() instanceof JobCommand)) {
          throw new CliFailure(
              "%s is an event of type %s, which services publish; submit takes %s and %s"
                  .formatted(
                      file,
                      document.path("type").asText(),
                      JobRequested.TYPE,
                      JobCancelRequested.TYPE));
        }
        String key = message.event().data().recordKey();
        return new Submission(
            key,
            new EventRecord(key, headers, value),
            words(FieldNames.uselessInData(message.event().data(), document.path("data"))));
      }
      if (decoded instanceof Decoded.Undecodable wrong) {
        List<Problem> problems = new ArrayList<>(wrong.problems());
        FieldNames.misspelledSpec(document.path("data"), "data.").ifPresent(problems::add);
        throw new CliFailure(file + " would be refused: " + ProblemWords.of(problems));
      }
      throw new CliFailure(file + " is no event about a job");
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a JSON tree can be written", e);
    }
  }

  private Submission manifest(String file, ObjectNode manifest, Optional<String> jobId) {
    String kind = manifest.path("kind").asText();
    if (!manifest.path("apiVersion").asText().equals(MANIFEST_VERSION)
        || !kind.equals("SparkApplication")) {
      throw new CliFailure(
          "%s is a %s of %s; submit takes a SparkApplication of %s%s"
              .formatted(
                  file,
                  kind.isEmpty() ? "manifest without kind" : kind,
                  manifest.path("apiVersion").asText("no apiVersion"),
                  MANIFEST_VERSION,
                  kind.startsWith("Scheduled")
                      ? "; schedules are made at the scheduler-service, POST /api/v1/schedules"
                      : ""));
    }
    JsonNode metadata = manifest.path("metadata");
    ObjectNode request = EventJson.mapper().createObjectNode();
    copy(metadata, "namespace", request);
    copy(metadata, "labels", request);
    copy(manifest, "spec", request);
    String name = metadata.path("name").asText(metadata.path("generateName").asText(file));
    return request(
        name,
        request,
        jobId,
        FieldNames.misspelledSpec(manifest, "").stream().toList(),
        FieldNames.uselessInManifest(manifest));
  }

  private Submission request(
      String name,
      ObjectNode request,
      Optional<String> jobId,
      List<Problem> unknown,
      List<Problem> useless) {
    if (jobId.isPresent() || !request.has("jobId")) {
      request.put("jobId", jobId.orElseGet(() -> names.newRun(name)));
    }
    List<Problem> wrong = new ArrayList<>(JobRequestRules.problems(request, ""));
    wrong.addAll(unknown);
    if (!wrong.isEmpty()) {
      throw new CliFailure(name + " would be refused: " + ProblemWords.of(wrong));
    }
    JobRequested job = EventJson.mapper().convertValue(request, JobRequested.class);
    SpecReading reading = SparkApplicationSpecReader.read(job.spec());
    if (!reading.errors().isEmpty()) {
      throw new CliFailure(name + " would be refused: " + ProblemWords.of(reading.refusal()));
    }
    Event<JobRequested> event =
        new Event<>(
            EventId.of(SOURCE, job.jobId(), job.spec().digest()), SOURCE, clock.instant(), job);
    return new Submission(
        job.jobId().value(),
        codec.encode(event, ContentMode.STRUCTURED),
        words(Stream.concat(useless.stream(), reading.warnings().stream()).toList()));
  }

  private static List<String> words(List<Problem> problems) {
    return problems.stream().map(ProblemWords::of).toList();
  }

  private static void copy(JsonNode from, String field, ObjectNode to) {
    JsonNode value = from.get(field);
    if (value != null && !value.isNull()) {
      to.set(field, value);
    }
  }
}
