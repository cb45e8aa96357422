package io.flintwheel.local.node;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kubernetes' own {@code $(NAME)} references in commands, arguments and environment values: {@code
 * $$(NAME)} stands for itself, and a name that is not set is left as written.
 */
final class VariableExpansion {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\(([^()$]*)\\)");

  private VariableExpansion() {}

  static String expand(String text, Map<String, String> environment) {
    return REFERENCE
        .matcher(text)
        .replaceAll(
            found -> {
              String name = found.group(1);
              String replacement =
                  name == null ? "$" : environment.getOrDefault(name, found.group());
              return Matcher.quoteReplacement(replacement);
            });
  }
}
