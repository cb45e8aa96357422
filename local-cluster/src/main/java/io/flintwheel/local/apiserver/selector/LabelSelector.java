package io.flintwheel.local.apiserver.selector;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.local.apiserver.admission.Names;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.FieldError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Equality and set based requirements on labels, all of which must hold. */
public final class LabelSelector {

  public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

  private static final String KEY = "[A-Za-z0-9][-A-Za-z0-9_./]*";
  private static final Pattern SET =
      Pattern.compile("\\s*(" + KEY + ")\\s+(in|notin)\\s*\\(([^)]*)\\)\\s*");
  private static final Pattern EQUALITY =
      Pattern.compile("\\s*(" + KEY + ")\\s*(==|=|!=)\\s*([-A-Za-z0-9_.]*)\\s*");
  private static final Pattern ORDER = Pattern.compile("\\s*(" + KEY + ")\\s*([<>])\\s*(\\d+)\\s*");
  private static final Pattern EXISTS = Pattern.compile("\\s*(!?)\\s*(" + KEY + ")\\s*");

  private enum Operator {
    IN,
    NOT_IN,
    EXISTS,
    ABSENT,
    GREATER,
    LESS
  }

  private record Requirement(String key, Operator operator, Set<String> values) {

    boolean matches(JsonNode labels) {
      JsonNode label = labels.get(key);
      return switch (operator) {
        case IN -> label != null && values.contains(label.asText());
        case NOT_IN -> label == null || !values.contains(label.asText());
        case EXISTS -> label != null;
        case ABSENT -> label == null;
        case GREATER -> label != null && number(label) > bound();
        case LESS -> label != null && number(label) < bound();
      };
    }

    private long bound() {
      return Long.parseLong(values.iterator().next());
    }

    private static long number(JsonNode label) {
      return label.asLong();
    }
  }

  private final List<Requirement> requirements;

  private LabelSelector(List<Requirement> requirements) {
    this.requirements = List.copyOf(requirements);
  }

  /**
   * Reads a selector as in the labelSelector parameter.
   *
   * @throws ApiFailure 400 when it cannot be read
   */
  public static LabelSelector parse(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return EVERYTHING;
    }
    List<Requirement> requirements = new ArrayList<>();
    for (String part : split(text)) {
      requirements.add(requirement(part, text));
    }
    return new LabelSelector(requirements);
  }

  public boolean isEverything() {
    return requirements.isEmpty();
  }

  public boolean matches(JsonNode object) {
    if (requirements.isEmpty()) {
      return true;
    }
    JsonNode labels = object.path("metadata").path("labels");
    for (Requirement requirement : requirements) {
      if (!requirement.matches(labels)) {
        return false;
      }
    }
    return true;
  }

  private static Requirement requirement(String part, String whole) {
    Requirement read = read(part, whole);
    List<FieldError> wrong = new ArrayList<>(Names.qualified("<nil>", read.key()));
    int index = 0;
    for (String value : read.values()) {
      wrong.addAll(Names.labelValue("values[" + index++ + "][" + read.key() + "]", value));
    }
    if (!wrong.isEmpty()) {
      throw ApiFailure.badRequest("unable to parse requirement: " + wrong.get(0));
    }
    return read;
  }

  private static Requirement read(String part, String whole) {
    Matcher set = SET.matcher(part);
    if (set.matches()) {
      Set<String> values = new LinkedHashSet<>();
      for (String value : set.group(3).split(",", -1)) {
        values.add(value.strip());
      }
      return new Requirement(
          set.group(1), set.group(2).equals("in") ? Operator.IN : Operator.NOT_IN, values);
    }
    Matcher equality = EQUALITY.matcher(part);
    if (equality.matches()) {
      return new Requirement(
          equality.group(1),
          equality.group(2).equals("!=") ? Operator.NOT_IN : Operator.IN,
          Set.of(equality.group(3)));
    }
    Matcher order = ORDER.matcher(part);
    if (order.matches()) {
      return new Requirement(
          order.group(1),
          order.group(2).equals(">") ? Operator.GREATER : Operator.LESS,
          Set.of(order.group(3)));
    }
    Matcher exists = EXISTS.matcher(part);
    if (exists.matches()) {
      return new Requirement(
          exists.group(2), exists.group(1).isEmpty() ? Operator.EXISTS : Operator.ABSENT, Set.of());
    }
    throw ApiFailure.badRequest(
        "unable to parse requirement: \"" + part.strip() + "\" in selector \"" + whole + "\"");
  }

  /** Splits at commas outside parentheses. */
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else if (c == ',' && depth == 0) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }
}
