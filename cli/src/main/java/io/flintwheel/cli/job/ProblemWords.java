package io.flintwheel.cli.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.job.Problem;
import java.util.ArrayList;
import java.util.List;

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
      List<Problem> problems = new ArrayList<>();
      for (JsonNode problem : answer.path("problems")) {
        problems.add(EventJson.mapper().treeToValue(problem, Problem.class));
      }
      if (!problems.isEmpty()) {
        return of(problems);
      }
      if (answer.path("detail").isTextual()) {
        return answer.path("detail").textValue();
      }
    } catch (JsonProcessingException e) {
      // Then it is no problem document, perhaps of something between us and the service.
    }
    return body.length() <= LONGEST ? body : body.substring(0, LONGEST) + "...";
  }

  static String of(Problem problem) {
    String expected = problem.expected() == null ? "" : " (expected: " + problem.expected() + ")";
    return (problem.field().isEmpty() ? "" : problem.field() + ": ") + problem.message() + expected;
  }
}
