package io.flintwheel.cli.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.job.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Problems for a person, in one line. */
final class ProblemWords {

  private static final int LONGEST = 200;

  private ProblemWords() {}

  static String of(List<Problem> problems) {
    return String.join("; ", problems.stream().map(ProblemWords::of).toList());
  }

  /** What a service's error says: all that is wrong, else the detail, else what came. */
  static String ofAnswer(String body) {
    try {
      JsonNode answer = EventJson.mapper().readTree(body);
      String problems = of(answer.path("problems"));
      if (!problems.isEmpty()) {
        return problems;
      }
      if (answer.path("detail").isTextual()) {
        return answer.path("detail").textValue();
      }
    } catch (JsonProcessingException e) {
      // Then it is no problem document, perhaps of something between us and the service.
    }
    return body.length() <= LONGEST ? body : body.substring(0, LONGEST) + "...";
  }

  /** Problems as a service tells them; empty when there is none. */
  static String ofAnswer(JsonNode problems) {
    try {
      return of(problems);
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  private static String of(JsonNode told) throws JsonProcessingException {
    List<Problem> problems = new ArrayList<>();
    for (JsonNode problem : told) {
      problems.add(EventJson.mapper().treeToValue(problem, Problem.class));
    }
    return of(problems);
  }

  static String of(Problem problem) {
    return problem.inWords() + expected(problem.expected());
  }

  private static String expected(@Nullable String expected) {
    if (expected == null) {
      return "";
    }
    // A guess is no rule.
    return expected.startsWith("perhaps ") ? "; " + expected : " (expected: " + expected + ")";
  }
}
