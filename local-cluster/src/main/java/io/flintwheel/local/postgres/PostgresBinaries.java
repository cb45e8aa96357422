package io.flintwheel.local.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once per user from the archive that Maven brought.
 *
 * <p>They are in {@code $XDG_CACHE_HOME/flintwheel}, or {@code ~/.cache/flintwheel}, because every
 * checkout and every test run can share them.
 */
final class PostgresBinaries {

  private final Path home;

  private PostgresBinaries(Path home) {
    this.home = home;
  }

  /** Unpacks them when that has not been done yet. */
  static PostgresBinaries unpacked() {
    return unpackedIn(cacheDirectory());
  }

  /**
   * Unpacks them into a directory unless they are there.
   *
   * @throws UncheckedIOException naming the directory and what moves it
   */
  static PostgresBinaries unpackedIn(Path cache) {
    String archive = archive(System.getProperty("os.name"), System.getProperty("os.arch"));
    try {
      Files.createDirectories(cache);
      try (FileChannel channel =
              FileChannel.open(
                  cache.resolve("postgresql.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (!lock.isValid()) {
          throw new IOException("lost the lock in " + cache);
        }
        Path home = cache.resolve("postgresql-" + size(archive));
        if (Files.notExists(home)) {
          unpack(archive, home);
        }
        return new PostgresBinaries(home);
      }
    } catch (IOException e) {
      // The innermost cause is what the start command shows.
      throw new UncheckedIOException(
          new IOException(
              "PostgreSQL cannot be unpacked into "
                  + cache
                  + " ("
                  + e
                  + "); XDG_CACHE_HOME names another directory than ~/.cache"));
    }
  }

  /** The program of that name. */
  Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  static String archive(String os, String architecture) {
    if (os.toLowerCase(Locale.ROOT).equals("linux")) {
      switch (architecture) {
        case "amd64", "x86_64" -> {
          return "postgres-linux-x86_64.txz";
        }
        case "aarch64", "arm64" -> {
          return "postgres-linux-arm_64.txz";
        }
        default -> {
          // refused below
        }
      }
    }
    throw new UnsupportedOperationException(
        "The local cluster runs on Linux amd64 and arm64; this is " + os + " " + architecture);
  }

  private static Path cacheDirectory() {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .filter(directory -> !directory.isBlank())
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("flintwheel");
  }

  /** Tells one version's archive from the next; the archive itself does not name its version. */
  private static long size(String archive) throws IOException {
    var url = PostgresBinaries.class.getResource("/" + archive);
    if (url == null) {
      throw new IOException(archive + " is not on the class path");
    }
    return url.openConnection().getContentLengthLong();
  }

  private static void unpack(String archive, Path home) throws IOException {
    Path unfinished = Files.createTempDirectory(home.getParent(), "postgresql-");
    try (InputStream resource = PostgresBinaries.class.getResourceAsStream("/" + archive);
        TarArchiveInputStream tar =
            new TarArchiveInputStream(
                new XZInputStream(new BufferedInputStream(resource, 1 << 16)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        extract(tar, entry, unfinished);
      }
    }
    // Only a complete directory ever has the final name.
    Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path root)
      throws IOException {
    Path target = root.resolve(entry.getName()).normalize();
    if (!target.startsWith(root)) {
      throw new IOException("entry outside of the archive: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
    } else if (entry.isSymbolicLink()) {
      Files.createDirectories(target.getParent());
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.createDirectories(target.getParent());
      Files.copy(tar, target);
      boolean executable = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }
}
