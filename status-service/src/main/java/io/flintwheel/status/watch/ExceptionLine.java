package io.flintwheel.status.watch;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the one line of a driver's output that tells why it ended. */
final class ExceptionLine {

  private static final int LONGEST = 1000;

  /** Of a longer line only so much is looked at: user's lines may be of any length and form. */
  private static final int LOOKED_AT = 2 * LONGEST;

  private static final Pattern MISSING_JAR =
      Pattern.compile(
          "(Local jar /.+\\.jar does not exist|NoSuchFileException: .*\\.jar(?![\\w.!]).*"
              + "|FileNotFoundException: .*\\.jar(?![\\w.!]).*|File file:\\S+\\.(?:jar|py) does not exist.*"
              + "|can't open file '[^']+'.*)");
  private static final Pattern MISSING_CLASS =
      Pattern.compile(
          "(Failed to load class .+|ClassNotFoundException: .+|NoClassDefFoundError: .+"
              + "|Could not find or load main class .+)");
  static final String UNCAUGHT = "Exception in thread \"";
  private static final Pattern IN_THREAD = Pattern.compile("Exception in thread \"[^\"]*\" (.+)");
  private static final Pattern EXCEPTION =
      Pattern.compile("^\\s*((?:[\\w$]+\\.)*[A-Z][\\w$]*(?:Exception|Error)(?::.*)?)$");

  private static final Pattern ERROR_LINE = Pattern.compile("^(.*\\b(?:ERROR|FATAL)\\b.*)$");
  private static final Pattern LOG_LEVEL =
      Pattern.compile("\\b(DEBUG|INFO|WARN|WARNING|ERROR|FATAL)\\b");

  /** What Spark's start script and Spark say at the start without a logger. */
  private static final Pattern PREAMBLE =
      Pattern.compile(
          "^(\\+ |Using Spark's |Setting default log level |To adjust logging level |Files \\S+ from )");

  private ExceptionLine() {}

  /**
   * From the last exception that nobody caught, when there is one: what was caught long before it
   * is not why.
   */
  static String decisive(String output) {
    return output.substring(Math.max(0, output.lastIndexOf(UNCAUGHT)));
  }

  static Optional<String> missingJar(String output) {
    return first(MISSING_JAR, output);
  }

  static Optional<String> missingClass(String output) {
    return first(MISSING_CLASS, output);
  }

  /** The last exception that nobody caught. */
  static Optional<String> of(String output) {
    return last(IN_THREAD, output).or(() -> lastException(output, false));
  }

  /** The last exception that somebody caught and wrote to the log: perhaps why, perhaps not. */
  static Optional<String> logged(String output) {
    return lastException(output, true);
  }

  /** A logger writes its own line before the exception. */
  private static Optional<String> lastException(String output, boolean logged) {
    String before = "";
    String last = null;
    for (String line : lines(output).toList()) {
      Matcher exception = EXCEPTION.matcher(line);
      if (exception.find() && LOG_LEVEL.matcher(before).find() == logged) {
        last = cut(exception.group(1));
      }
      before = line;
    }
    return Optional.ofNullable(last);
  }

  /** The last line that a logger called an error. */
  static Optional<String> lastError(String output) {
    return last(ERROR_LINE, output);
  }

  /** The last line that no logger wrote, perhaps the application's own words. */
  static Optional<String> lastUnlogged(String output) {
    return lines(output)
        .filter(line -> !line.isBlank())
        .filter(line -> !LOG_LEVEL.matcher(line).find() && !PREAMBLE.matcher(line).find())
        .reduce((a, b) -> b)
        .map(ExceptionLine::cut);
  }

  private static Optional<String> first(Pattern pattern, String output) {
    return matches(pattern, output).findFirst();
  }

  private static Optional<String> last(Pattern pattern, String output) {
    return matches(pattern, output).reduce((a, b) -> b);
  }

  private static Stream<String> matches(Pattern pattern, String output) {
    return lines(output)
        .map(pattern::matcher)
        .filter(Matcher::find)
        .map(matcher -> cut(matcher.group(1)));
  }

  private static Stream<String> lines(String output) {
    return output
        .lines()
        .map(line -> line.substring(0, Math.min(line.length(), LOOKED_AT)).stripTrailing());
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
