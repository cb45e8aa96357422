package io.flintwheel.events.cloudevent;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobRequested;
import java.util.Map;
import java.util.Optional;

/** Tells which job an event is about, even of one that is wrong otherwise. */
final class JobOf {

  private JobOf() {}

  /**
   * The id in the data; for a request without one, the id that it would have had; else the subject.
   */
  static Optional<JobId> event(Map<String, String> context, JsonNode data) {
    JsonNode named = data.path("jobId");
    if (!named.isMissingNode() && !named.isNull()) {
      return parse(named.asText());
    }
    String id = context.getOrDefault("id", "");
    String source = context.getOrDefault("source", "");
    if (JobRequested.TYPE.equals(context.get("type")) && !id.isBlank() && !source.isBlank()) {
      return Optional.of(JobId.derivedFrom(source, id));
    }
    return parse(context.getOrDefault("subject", ""));
  }

  private static Optional<JobId> parse(String text) {
    try {
      return Optional.of(new JobId(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
