package io.flintwheel.local.node;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The directory of one node. Two nodes in it would each end the other's pods. */
final class WorkDirectory implements AutoCloseable {

  private final Path root;
  private final FileChannel lock;

  private WorkDirectory(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * @throws IOException when another node works there
   */
  static WorkDirectory open(Path root) throws IOException {
    Files.createDirectories(root);
    FileChannel channel =
        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!locks(channel)) {
      channel.close();
      throw new IOException("another node works in " + root);
    }
    var directory = new WorkDirectory(root, channel);
    // Volumes' files have the mode that their pod asks for; secrets are nobody else's nevertheless.
    Files.createDirectories(directory.pods());
    Files.setPosixFilePermissions(directory.pods(), PosixFilePermissions.fromString("rwx------"));
    return directory;
  }

  Path root() {
    return root;
  }

  Path pods() {
    return root.resolve("pods");
  }

  /** Lets another node work there. */
  @Override
  public void close() throws IOException {
    lock.close();
  }

  private static boolean locks(FileChannel channel) throws IOException {
    try {
      @Nullable Object granted = channel.tryLock();
      return granted != null;
    } catch (OverlappingFileLockException e) {
      // Held by another node of this JVM.
      return false;
    }
  }
}
