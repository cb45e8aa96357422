package io.flintwheel.cli.cluster;

import io.flintwheel.cli.CliFailure;
import io.flintwheel.cli.FileTrouble;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One at a time: two terminals may say up at once, and Ctrl-C comes while we start. */
final class HomeLock {

  private static final Duration TELL_AFTER = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Home home;
  private final Consumer<String> progress;
  private final ReentrantLock own = new ReentrantLock();

  /**
   * @param progress is told whom it waits for when that takes more than 1 s
   */
  HomeLock(Home home, Consumer<String> progress) {
    this.home = home;
    this.progress = progress;
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
        FileLock held = locked(channel)) {
      if (!held.isValid()) {
        throw new CliFailure("Lost the lock in " + home.run());
      }
      ProcessRecord.ofThis().write(holder());
      return action.get();
    } catch (IOException e) {
      throw new CliFailure("Cannot lock " + home.run() + ": " + FileTrouble.of(home.run(), e), e);
    }
  }

  private FileLock locked(FileChannel channel) throws IOException {
    long begun = System.nanoTime();
    boolean told = false;
    while (true) {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new CliFailure("It was interrupted.");
      }
      if (!told && System.nanoTime() - begun > TELL_AFTER.toNanos()) {
        told = true;
        progress.accept(waitsFor());
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private String waitsFor() {
    return ProcessRecord.read(holder())
        .flatMap(ProcessRecord::alive)
        .map(ProcessHandle::pid)
        .map(
            pid ->
                "Waiting for %s (process %d) to end%s"
                    .formatted(
                        command(CommandLineOf.process(pid)),
                        pid,
                        ProcessRecord.frozenRemedy(pid).map(what -> "; " + what).orElse("")))
        .orElse("Waiting for another command of this installation to end");
  }

  /** As it was typed, where it was started with the start script. */
  private static String command(List<String> words) {
    int jar = words.indexOf("-jar");
    return jar > 0 && jar + 2 < words.size()
        ? "./flintwheel " + String.join(" ", words.subList(jar + 2, words.size()))
        : PortHolder.title(words);
  }

  /** Who has the lock, or has had it last. */
  private Path holder() {
    return home.run().resolve("lock-holder");
  }
}
