package io.flintwheel.local.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * A file that readers see whole, before or after; and its owner alone, for it may hold a secret.
 */
final class ReplacedFile {

  private ReplacedFile() {}

  static void write(Path file, byte[] content) throws IOException {
    Path directory = Objects.requireNonNull(file.getParent(), "parent");
    Files.createDirectories(directory);
    Path next =
        Files.createTempFile(
            directory,
            ".",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(next, content);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
