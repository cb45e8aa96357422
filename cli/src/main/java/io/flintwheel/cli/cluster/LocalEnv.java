package io.flintwheel.cli.cluster;

import io.flintwheel.cli.CliFailure;
import io.flintwheel.cli.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code local.env}: how to reach the running installation, in lines that a shell can read.
 *
 * <p>A value is written as it is unless a shell would take it apart; then it is in single quotes.
 */
public record LocalEnv(Map<String, String> values) {

  private static final Pattern PLAIN = Pattern.compile("[-A-Za-z0-9_./:=,@%+?&]*");

  public LocalEnv {
    values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** What the file says; empty when there is none, because nothing is up. */
  static Optional<LocalEnv> read(Path file) {
    try {
      Map<String, String> values = new LinkedHashMap<>();
      for (String line : Files.readAllLines(file)) {
        int equals = line.indexOf('=');
        if (equals > 0 && !line.startsWith("#")) {
          values.put(line.substring(0, equals), unquoted(line.substring(equals + 1)));
        }
      }
      return Optional.of(new LocalEnv(values));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new CliFailure("Cannot read " + file + ": " + FileTrouble.of(file, e), e);
    }
  }

  /** Replaces the file as a whole, so that nobody ever reads half of it. */
  void write(Path file) {
    try {
      Path unfinished = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(unfinished, text());
      Files.move(
          unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new CliFailure("Cannot write " + file + ": " + FileTrouble.of(file, e), e);
    }
  }

  String text() {
    StringBuilder text = new StringBuilder();
    values.forEach(
        (name, value) -> text.append(name).append('=').append(quoted(value)).append('\n'));
    return text.toString();
  }

  /** The value of a name that every installation has. */
  public String require(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new CliFailure(name + " is missing in local.env; ./flintwheel up writes it anew");
    }
    return value;
  }

  /** A value as one word of a shell, whatever is in it. */
  public static String quoted(String value) {
    return PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'";
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("'") && value.endsWith("'");
    return quoted ? value.substring(1, value.length() - 1).replace("'\\''", "'") : value;
  }
}
