package io.flintwheel.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Directories of servers that live as long as the JVM. */
final class ScratchDirectory {

  private ScratchDirectory() {}

  static Path create(String name) {
    try {
      return Files.createTempDirectory("flintwheel-" + name + "-");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a directory for " + name, e);
    }
  }

  /** When the JVM ends, stops what uses the directory and then deletes it. */
  static void deleteAtExit(Path directory, Runnable stop) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop.run();
                  delete(directory);
                }));
  }

  private static void delete(Path directory) {
    try (Stream<Path> contents = Files.walk(directory)) {
      contents.sorted(Comparator.reverseOrder()).forEach(ScratchDirectory::deleteOne);
    } catch (IOException | UncheckedIOException e) {
      // Only scratch, in a directory that the system cleans.
      return;
    }
  }

  private static void deleteOne(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
