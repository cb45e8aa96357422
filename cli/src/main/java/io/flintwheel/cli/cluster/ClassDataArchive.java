package io.flintwheel.cli.cluster;

import io.flintwheel.cli.CliFailure;
import io.flintwheel.cli.FileTrouble;
import io.flintwheel.events.EventId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Class-data sharing of a part: what its JVM has loaded and verified once is mapped at the next
 * start.
 *
 * <p>The JVM writes the archive when the part's first run ends in good order. An archive is of one
 * JVM and one set of jars, which is what its name says.
 *
 * @param file where it is, or will be
 */
record ClassDataArchive(Path file) {

  private static final int FIRST_JDK_THAT_KEEPS_ARCHIVES_ITSELF = 19;
  private static final String MADE = "-XX:ArchiveClassesAtExit=";
  private static final String USED = "-XX:SharedArchiveFile=";

  static ClassDataArchive of(Path directory, Part part, Path jar) {
    try {
      // A rebuilt jar has another size or time; the JVM refuses an archive of other jars.
      String key =
          EventId.digest(
              System.getProperty("java.vm.version"),
              jar,
              Files.size(jar),
              Files.getLastModifiedTime(jar).toMillis());
      return new ClassDataArchive(
          directory.resolve(part.id() + "-" + key.substring(0, 12) + ".jsa"));
    } catch (IOException e) {
      throw new CliFailure(part.id() + " is not built: " + jar + " is missing", e);
    }
  }

  /** What the JVM must be told, to use the archive or to make it. */
  List<String> flags() {
    List<String> flags = new ArrayList<>(List.of("-Xshare:auto", "-Xlog:cds=off"));
    if (Runtime.version().feature() >= FIRST_JDK_THAT_KEEPS_ARCHIVES_ITSELF) {
      flags.add("-XX:+AutoCreateSharedArchive");
      flags.add(USED + file);
    } else if (Files.exists(file)) {
      flags.add(USED + file);
    } else {
      flags.add("-Xlog:cds+dynamic=off");
      flags.add(MADE + unfinished());
    }
    return flags;
  }

  /** Whether that JVM writes an archive when it ends in good order. */
  static boolean isMadeBy(long pid) {
    return CommandLineOf.process(pid).stream()
        .anyMatch(word -> word.startsWith(MADE) || (word.startsWith(USED) && !exists(word)));
  }

  private static boolean exists(String used) {
    return Files.exists(Path.of(used.substring(USED.length())));
  }

  /** To be called when the part has ended in good order: only then is its archive complete. */
  static void keepFinished(Path directory, Part part) {
    try (Stream<Path> archives = Files.list(directory)) {
      for (Path archive : archives.filter(file -> isUnfinished(file, part)).toList()) {
        String name = archive.getFileName().toString();
        deleteOthers(directory, part);
        Files.move(
            archive,
            archive.resolveSibling(name.substring(0, name.length() - ".new".length())),
            StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new CliFailure(
          "Cannot keep class data in " + directory + ": " + FileTrouble.of(directory, e), e);
    }
  }

  private static void deleteOthers(Path directory, Part part) throws IOException {
    try (Stream<Path> archives = Files.list(directory)) {
      for (Path archive :
          archives
              .filter(file -> file.getFileName().toString().startsWith(part.id() + "-"))
              .filter(file -> !isUnfinished(file, part))
              .toList()) {
        Files.deleteIfExists(archive);
      }
    }
  }

  private static boolean isUnfinished(Path file, Part part) {
    String name = file.getFileName().toString();
    return name.startsWith(part.id() + "-") && name.endsWith(".jsa.new");
  }

  private Path unfinished() {
    return file.resolveSibling(file.getFileName() + ".new");
  }
}
