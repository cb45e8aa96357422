package io.flintwheel.cli.cluster;

import io.flintwheel.cli.CliFailure;
import io.flintwheel.cli.FileTrouble;
import io.flintwheel.events.EventId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A path that Spark understands: it takes a path with a blank for several words, or for no URI.
 *
 * <p>A directory with such a path gets a symbolic link in the user's cache directory.
 */
final class PlainPath {

  private static final Pattern PLAIN = Pattern.compile("[-A-Za-z0-9_./+@]+");
  private static final int NAME = 16;

  private PlainPath() {}

  static Path of(Path directory, Map<String, String> environment) {
    if (PLAIN.matcher(directory.toString()).matches()) {
      return directory;
    }
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path links =
        (cache.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache))
            .resolve("flintwheel");
    Path link = links.resolve("link-" + EventId.digest(directory).substring(0, NAME));
    try {
      Files.createDirectories(links);
      if (!Files.isSymbolicLink(link)) {
        Files.createSymbolicLink(link, directory);
      }
      return link;
    } catch (IOException e) {
      throw new CliFailure(
          "%s contains characters that Spark does not take in a path, and no link to it could be made at %s: %s"
              .formatted(directory, link, FileTrouble.of(link, e)),
          e);
    }
  }
}
