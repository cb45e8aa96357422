package io.flintwheel.scheduler.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.events.job.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Collects everything that is wrong with a document, so that its author hears it all at once. */
final class Findings {

  private static final int MOST_QUOTED = 80;

  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  void wrong(String field, String message, String expected) {
    problems.add(new Problem(field, message, expected));
  }

  void wrong(Problem problem) {
    problems.add(problem);
  }

  void warning(Problem problem) {
    warnings.add(problem);
  }

  List<Problem> problems() {
    return problems;
  }

  List<Problem> warnings() {
    return warnings;
  }

  boolean clean() {
    return problems.isEmpty();
  }

  /** Requires an object with no other fields than these. */
  boolean object(JsonNode node, String path, Set<String> known) {
    if (!node.isObject()) {
      wrongType(node, path, "an object");
      return false;
    }
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                wrong(
                    join(path, quote(name)),
                    "unknown field",
                    "one of " + String.join(", ", known.stream().sorted().toList()));
              }
            });
    return true;
  }

  /** The text of a field; empty when it is absent, or no text, which is then noted. */
  Optional<String> text(JsonNode object, String path, String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      wrongType(value, join(path, name), "a string");
      return Optional.empty();
    }
    return Optional.of(value.textValue());
  }

  void wrongType(JsonNode node, String path, String expected) {
    if (node.isMissingNode() || node.isNull()) {
      wrong(path, "is missing", expected);
    } else {
      wrong(path, "is of type " + node.getNodeType().name().toLowerCase(Locale.ROOT), expected);
    }
  }

  static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  static String quote(String text) {
    return text.length() <= MOST_QUOTED ? text : text.substring(0, MOST_QUOTED) + "...";
  }
}
