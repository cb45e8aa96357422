package io.flintwheel.submitter.review;

import java.util.regex.Pattern;

/** Names of environment variables, as Spark passes them on; others it drops in the driver. */
final class EnvNames {

  static final String RULE = "letters, digits, '-', '_' and '.', not starting with a digit";

  private static final Pattern NAME = Pattern.compile("[-._a-zA-Z][-._a-zA-Z0-9]*");

  private EnvNames() {}

  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }
}
