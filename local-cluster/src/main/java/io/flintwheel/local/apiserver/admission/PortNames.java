package io.flintwheel.local.apiserver.admission;

import io.flintwheel.local.apiserver.resource.FieldError;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Names of ports, as IANA has them. */
final class PortNames {

  private static final int LONGEST = 15;

  /** What a name must be, and how it is told. */
  private static final List<Map.Entry<Pattern, String>> RULES =
      List.of(
          Map.entry(
              Pattern.compile("[-a-z0-9]*"),
              "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)"),
          Map.entry(Pattern.compile(".*[a-z].*"), "must contain at least one letter (a-z)"),
          Map.entry(Pattern.compile("(?!.*--).*"), "must not contain consecutive hyphens"),
          Map.entry(Pattern.compile("(?!-).*(?<!-)"), "must not begin or end with a hyphen"));

  private PortNames() {}

  static void check(String name, String at, List<FieldError> errors) {
    if (name.length() > LONGEST) {
      errors.add(FieldError.invalid(at, name, "must be no more than 15 characters"));
    }
    for (Map.Entry<Pattern, String> rule : RULES) {
      if (!rule.getKey().matcher(name).matches()) {
        errors.add(FieldError.invalid(at, name, rule.getValue()));
      }
    }
  }
}
