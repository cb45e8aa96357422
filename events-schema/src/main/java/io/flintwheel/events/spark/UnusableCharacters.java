package io.flintwheel.events.spark;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.events.EventId;
import io.flintwheel.events.Json;
import io.flintwheel.events.job.Problem;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds what JSON can hold and a container cannot be given as it is: with NUL in an argument or the
 * environment a pod waits for ever, and half a surrogate pair would reach the driver as another
 * character.
 */
final class UnusableCharacters {

  private static final char NUL = '\0';
  private static final Pattern UNUSABLE = Pattern.compile("[\\x00\\p{Cs}]");

  private final List<Problem> errors;

  UnusableCharacters(List<Problem> errors) {
    this.errors = errors;
  }

  void find(JsonNode value, String path) {
    String inValue = value.isTextual() ? firstIn(value.textValue()) : null;
    if (inValue != null) {
      errors.add(new Problem(path, "holds " + inValue, "a text without it"));
    }
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      String inName = firstIn(field.getKey());
      String name = path + "." + Json.abbreviate(marked(field.getKey()));
      if (inName != null) {
        errors.add(new Problem(name, "its name holds " + inName, null));
      }
      find(field.getValue(), name);
    }
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      find(value.get(i), path + "[" + i + "]");
    }
  }

  private static @Nullable String firstIn(String text) {
    return EventId.isStorable(text)
        ? null
        : text.indexOf(NUL) >= 0
            ? "the character NUL (\\u0000)"
            : "half a character (a surrogate, \\ud800 to \\udfff, without its other half)";
  }

  private static String marked(String name) {
    return UNUSABLE.matcher(name).replaceAll("\ufffd");
  }
}
