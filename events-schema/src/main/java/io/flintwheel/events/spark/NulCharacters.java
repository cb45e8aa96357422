package io.flintwheel.events.spark;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.events.Json;
import io.flintwheel.events.job.Problem;
import java.util.List;
import java.util.Map;

/**
 * Finds what no container can be started with: JSON can hold NUL, the arguments and the environment
 * of a process cannot, and a pod that has it waits for ever.
 */
final class NulCharacters {

  private static final char NUL = '\0';

  private final List<Problem> errors;

  NulCharacters(List<Problem> errors) {
    this.errors = errors;
  }

  void find(JsonNode value, String path) {
    if (value.isTextual() && value.textValue().indexOf(NUL) >= 0) {
      errors.add(new Problem(path, "holds the character NUL (\\u0000)", "a text without it"));
    }
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      boolean inName = field.getKey().indexOf(NUL) >= 0;
      String name = path + "." + Json.abbreviate(field.getKey().replace(NUL, '\ufffd'));
      if (inName) {
        errors.add(new Problem(name, "its name holds the character NUL (\\u0000)", null));
      }
      find(field.getValue(), name);
    }
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      find(value.get(i), path + "[" + i + "]");
    }
  }
}
