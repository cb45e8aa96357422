package io.flintwheel.status.watch;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the one line of a driver's output that tells why it ended. */
final class ExceptionLine {

  private static final int LONGEST = 1000;

  private static final Pattern MISSING_JAR =
      Pattern.compile(
          "(?m)^.*?(Local jar \\S+ does not exist|\\S*NoSuchFileException: \\S+\\.jar"
              + "|\\S*FileNotFoundException: .*\\.jar.*|File file:\\S+\\.(?:jar|py) does not exist.*"
              + "|can't open file '[^']+'.*)");
  private static final Pattern MISSING_CLASS =
      Pattern.compile(
          "(?m)^.*?(Failed to load class [^\\r\\n]+|ClassNotFoundException: [^\\r\\n]+"
              + "|NoClassDefFoundError: [^\\r\\n]+|Could not find or load main class [^\\r\\n]+)");
  private static final Pattern IN_THREAD =
      Pattern.compile("(?m)^.*?Exception in thread \"[^\"]*\" ([^\\r\\n]+)");
  private static final Pattern EXCEPTION =
      Pattern.compile(
          "(?m)^\\s*((?:[\\w$]+\\.)*[A-Z][\\w$]*(?:Exception|Error)(?::[^\\r\\n]*)?)\\s*$");

  private ExceptionLine() {}

  static Optional<String> missingJar(String output) {
    return first(MISSING_JAR, output);
  }

  static Optional<String> missingClass(String output) {
    return first(MISSING_CLASS, output);
  }

  /** The last uncaught exception; else the last line that looks like one. */
  static Optional<String> of(String output) {
    for (Pattern pattern : List.of(IN_THREAD, EXCEPTION)) {
      Optional<String> line = last(pattern, output);
      if (line.isPresent()) {
        return line;
      }
    }
    return Optional.empty();
  }

  static Optional<String> lastLine(String output) {
    List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
    return lines.isEmpty() ? Optional.empty() : Optional.of(cut(lines.get(lines.size() - 1)));
  }

  private static Optional<String> first(Pattern pattern, String output) {
    Matcher matcher = pattern.matcher(output);
    return matcher.find() ? Optional.of(cut(matcher.group(1))) : Optional.empty();
  }

  private static Optional<String> last(Pattern pattern, String output) {
    Matcher matcher = pattern.matcher(output);
    String found = null;
    while (matcher.find()) {
      found = matcher.group(1);
    }
    return Optional.ofNullable(found).map(ExceptionLine::cut);
  }

  static String cut(String line) {
    String stripped = line.strip();
    if (stripped.length() <= LONGEST) {
      return stripped;
    }
    // Half a surrogate pair cannot be written as JSON, and the fact could never be told.
    int end = Character.isHighSurrogate(stripped.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return stripped.substring(0, end) + "...";
  }
}
