package io.flintwheel.scheduler.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.events.Topics;
import io.flintwheel.events.job.JobRequestRules;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.JobSpec;
import io.flintwheel.events.job.Problem;
import io.flintwheel.events.spark.SparkApplicationSpecReader;
import io.flintwheel.events.spark.SpecReading;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code job} by the rules for job requests, so that no tick asks for what is refused. */
final class JobTemplateReader {

  /** What the rest of a request needs beside its labels and specification; generous. */
  private static final int ENVELOPE_BYTES = 1024;

  private final boolean checkSpec;

  JobTemplateReader(boolean checkSpec) {
    this.checkSpec = checkSpec;
  }

  Optional<JobTemplate> read(JsonNode job, Findings findings) {
    if (!findings.object(job, "job", Set.of("namespace", "labels", "spec"))) {
      return Optional.empty();
    }
    List<Problem> problems = JobRequestRules.problems(job, "job");
    problems.forEach(findings::wrong);
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    int bytes = job.toString().getBytes(StandardCharsets.UTF_8).length;
    int most = Topics.MAX_REQUEST_BYTES - ENVELOPE_BYTES;
    if (bytes > most) {
      findings.wrong("job", "has " + bytes + " bytes", "at most " + most + " bytes");
      return Optional.empty();
    }
    JobSpec spec = JobSpec.of(job.path("spec"));
    if (checkSpec) {
      SpecReading reading = SparkApplicationSpecReader.read(spec);
      reading.refusal().forEach(problem -> findings.wrong(inJob(problem)));
      reading.warnings().forEach(problem -> findings.warning(inJob(problem)));
    }
    Map<String, String> labels = new HashMap<>();
    job.path("labels").properties().forEach(l -> labels.put(l.getKey(), l.getValue().asText()));
    String namespace = job.path("namespace").asText("");
    return Optional.of(
        new JobTemplate(
            namespace.isEmpty() ? JobRequested.DEFAULT_NAMESPACE : namespace, labels, spec));
  }

  private static Problem inJob(Problem problem) {
    return new Problem(
        Findings.join("job", problem.field()), problem.message(), problem.expected());
  }
}
