package io.flintwheel.status.projection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.job.Failure;
import io.flintwheel.events.job.JobMessage;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.Problem;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Columns of type jsonb. */
final class Json {

  private static final TypeReference<List<Problem>> PROBLEMS = new TypeReference<>() {};
  private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};

  private Json() {}

  static @Nullable String write(@Nullable Object value) {
    try {
      return value == null ? null : EventJson.mapper().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a value of ours cannot be written as JSON", e);
    }
  }

  /**
   * A message for the timeline: a request without its specification, which can hold secrets, but
   * with its digest.
   */
  static String timelineOf(JobMessage message) {
    ObjectNode data = EventJson.mapper().valueToTree(message);
    if (message instanceof JobRequested request) {
      data.remove("spec");
      data.put("specDigest", request.spec().digest());
    }
    return data.toString();
  }

  static @Nullable Failure failure(@Nullable String json) {
    try {
      return json == null ? null : EventJson.mapper().readValue(json, Failure.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("column failure", e);
    }
  }

  static List<Problem> problems(String json) {
    try {
      return EventJson.mapper().readValue(json, PROBLEMS);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("column with problems", e);
    }
  }

  static Map<String, String> labels(String json) {
    try {
      return EventJson.mapper().readValue(json, LABELS);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("column labels", e);
    }
  }
}
