package io.flintwheel.submitter.spark;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** Properties as text that is the same each time: Java's own starts with the date. */
final class PropertiesText {

  private PropertiesText() {}

  static String of(Map<String, String> entries) {
    Properties properties = new Properties();
    entries.forEach(properties::setProperty);
    StringWriter text = new StringWriter();
    try {
      properties.store(text, null);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to a string does not fail", e);
    }
    // A value's own line breaks and a key's own '#' are escaped, so lines are entries.
    return text.toString()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .sorted()
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
