package io.flintwheel.local.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/**
 * A file that readers see whole, before or after; unless told otherwise its owner alone, for it may
 * hold a secret.
 */
final class ReplacedFile {

  private static final int OWNER_ONLY = 0600;
  private static final String RIGHTS = "rwxrwxrwx";

  private ReplacedFile() {}

  static void write(Path file, byte[] content) throws IOException {
    write(file, content, OWNER_ONLY);
  }

  /**
   * @param mode as of chmod; what is beyond read, write and execute is left out
   */
  static void write(Path file, byte[] content, int mode) throws IOException {
    Path directory = Objects.requireNonNull(file.getParent(), "parent");
    Files.createDirectories(directory);
    Path next =
        Files.createTempFile(
            directory,
            ".",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(next, content);
    if (mode != OWNER_ONLY) {
      Files.setPosixFilePermissions(next, permissions(mode));
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    var text = new StringBuilder();
    for (int bit = 0; bit < RIGHTS.length(); bit++) {
      text.append((mode & (0400 >> bit)) == 0 ? '-' : RIGHTS.charAt(bit));
    }
    return PosixFilePermissions.fromString(text.toString());
  }
}
