package io.flintwheel.submitter.spark;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of a variable as Kubernetes expands it: {@code $(NAME)} is a reference, {@code $$} is a
 * dollar, and any other dollar is itself.
 */
final class VariableText {

  private static final Pattern DOLLAR =
      Pattern.compile("\\$(?:(?<escaped>\\$)|\\((?<name>[^)]*)\\)|(?<other>.?))", Pattern.DOTALL);

  private VariableText() {}

  /** The names that a value refers to. */
  static Set<String> references(String value) {
    Set<String> names = new LinkedHashSet<>();
    Matcher dollar = DOLLAR.matcher(value);
    while (dollar.find()) {
      if (dollar.group("name") != null) {
        names.add(dollar.group("name"));
      }
    }
    return names;
  }

  /** A reference as it is written. */
  static String reference(String name) {
    return "$(" + name + ")";
  }

  /**
   * The value with each reference replaced, every other dollar escaped: so it means the same
   * wherever it is put.
   *
   * @param limit in characters; empty when the result would be longer
   */
  static Optional<String> rewrite(String value, UnaryOperator<String> replacement, int limit) {
    StringBuilder text = new StringBuilder();
    Matcher dollar = DOLLAR.matcher(value);
    int copied = 0;
    while (dollar.find()) {
      text.append(value, copied, dollar.start());
      String name = dollar.group("name");
      String other = dollar.group("other");
      text.append(name != null ? replacement.apply(name) : "$$" + (other == null ? "" : other));
      copied = dollar.end();
      if (text.length() > limit) {
        return Optional.empty();
      }
    }
    text.append(value, copied, value.length());
    return text.length() > limit ? Optional.empty() : Optional.of(text.toString());
  }
}
