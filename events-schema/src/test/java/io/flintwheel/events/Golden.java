package io.flintwheel.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files that are checked in and must be what the code makes of the records today.
 *
 * <p>{@code -Dflintwheel.golden=update} rewrites them; what changed is then seen in the diff.
 */
public final class Golden {

  /** The schemas that are shipped. */
  public static final Path SCHEMAS = Path.of("src/main/resources/flintwheel/schemas");

  /** One event of every type in both content modes. */
  public static final Path EVENTS = Path.of("src/test/resources/golden");

  private static final String UPDATE =
      "mvn -pl events-schema test -Dflintwheel.golden=update; a change of the contract needs a line"
          + " in CHANGELOG.md";

  private Golden() {}

  /** Writes the file if an update was asked for; else does nothing. */
  public static void write(Path file, String text) {
    if (System.getProperty("flintwheel.golden", "compare").equals("update")) {
      try {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Holds a text against its file. */
  public static void check(Path file, String text) {
    write(file, text);
    try {
      assertThat(file).as("missing; to write it: %s", UPDATE).exists();
      assertThat(Files.readString(file)).as("%s; to update it: %s", file, UPDATE).isEqualTo(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
