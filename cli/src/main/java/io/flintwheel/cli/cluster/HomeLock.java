package io.flintwheel.cli.cluster;

import io.flintwheel.cli.CliFailure;
import io.flintwheel.cli.FileTrouble;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** One at a time: two terminals may say up at once, and Ctrl-C comes while we start. */
final class HomeLock {

  private final Home home;
  private final ReentrantLock own = new ReentrantLock();

  HomeLock(Home home) {
    this.home = home;
  }

  /** Waits for whoever holds the lock, in this process or another. */
  <T> T holding(Supplier<T> action) {
    own.lock();
    try {
      return lockedAgainstOthers(action);
    } finally {
      own.unlock();
    }
  }

  private <T> T lockedAgainstOthers(Supplier<T> action) {
    try (FileChannel channel =
            FileChannel.open(
                home.run().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      if (!held.isValid()) {
        throw new CliFailure("Lost the lock in " + home.run());
      }
      return action.get();
    } catch (IOException e) {
      throw new CliFailure("Cannot lock " + home.run() + ": " + FileTrouble.of(home.run(), e), e);
    }
  }
}
