package io.flintwheel.local.node;

import java.util.ArrayList;
import java.util.List;

/**
 * JVM options in one string, split as Spark's launcher splits them: quotes and backslashes hold.
 */
final class OptionString {

  private OptionString() {}

  static List<String> split(String text) {
    var options = new ArrayList<String>();
    var option = new StringBuilder();
    boolean inOption = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
        option.append(text.charAt(++i));
        inOption = true;
      } else if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          option.append(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        inOption = true;
      } else if (Character.isWhitespace(c)) {
        if (inOption) {
          options.add(option.toString());
          option.setLength(0);
          inOption = false;
        }
      } else {
        option.append(c);
        inOption = true;
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("unbalanced quotes in: " + text);
    }
    if (inOption) {
      options.add(option.toString());
    }
    return options;
  }
}
