package io.flintwheel.submitter.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.Topics;
import io.flintwheel.events.job.JobRequestRules;
import io.flintwheel.events.job.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the body of a request: the envelope strictly, since it is ours. */
final class RequestBody {

  /** Blanks and comments do not count, but nobody sends that many. */
  static final int MAX_BYTES = 4 * Topics.MAX_REQUEST_BYTES;

  static final String YAML = "application/yaml";
  static final String X_YAML = "application/x-yaml";
  static final String TEXT_YAML = "text/yaml";

  private static final Set<String> FIELDS = Set.of("jobId", "namespace", "labels", "spec");

  private RequestBody() {}

  static ObjectNode read(byte[] body, @Nullable String contentType) {
    if (body.length > MAX_BYTES) {
      throw tooLarge("the body has more than " + MAX_BYTES + " bytes");
    }
    JsonNode document = parse(body, contentType);
    if (!(document instanceof ObjectNode request)) {
      throw ProblemException.bad("", "the body is no object", "{\"spec\": {...}}");
    }
    List<Problem> problems = new ArrayList<>(JobRequestRules.problems(request, ""));
    request
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!FIELDS.contains(name)) {
                problems.add(
                    new Problem(name, "unknown field", "one of jobId, namespace, labels, spec"));
              }
            });
    if (!problems.isEmpty()) {
      throw ProblemException.bad(problems);
    }
    return request;
  }

  static ProblemException tooLarge(String message) {
    return ProblemException.tooLarge(
        message, "at most " + Topics.MAX_REQUEST_BYTES + " bytes of JSON");
  }

  private static JsonNode parse(byte[] body, @Nullable String contentType) {
    boolean yaml = contentType != null && contentType.toLowerCase(Locale.ROOT).contains("yaml");
    try {
      return yaml ? StrictYaml.read(body) : EventJson.readStrictly(body);
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : " at line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr();
      throw ProblemException.bad(
          "",
          "the body is not " + (yaml ? "YAML" : "JSON") + where,
          "one document as Content-Type says, application/json or application/yaml, without"
              + " a field that stands twice and without YAML's anchors and aliases");
    } catch (IOException e) {
      throw ProblemException.bad("", "the body cannot be read", "a JSON document");
    }
  }
}
