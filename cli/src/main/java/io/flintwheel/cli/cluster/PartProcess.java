package io.flintwheel.cli.cluster;

import io.flintwheel.cli.CliFailure;
import io.flintwheel.cli.FileTrouble;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** The process of a part: found again by its pid file, which never names a stranger. */
final class PartProcess {

  private static final Path SETSID = Path.of("/usr/bin/setsid");

  /** Long enough to stop running Spark pods, and to write class data at the end of a first run. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(90);

  /** After which whoever waits is told why. */
  private static final Duration TELL_AFTER = Duration.ofSeconds(5);

  /** Instead, when class data are written, which has been told. */
  private static final Duration TELL_AFTER_CLASS_DATA = Duration.ofSeconds(30);

  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Home home;
  private final Part part;

  PartProcess(Home home, Part part) {
    this.home = home;
    this.part = part;
  }

  Part part() {
    return part;
  }

  Optional<ProcessHandle> alive() {
    return ProcessRecord.read(pidFile()).flatMap(ProcessRecord::alive);
  }

  /**
   * Fails when it does not run.
   *
   * @param otherwise what is told of it then, before its last words
   */
  void requireAlive(String otherwise) {
    if (alive().isEmpty()) {
      throw failure(otherwise);
    }
  }

  /** Fails when it is frozen, and says what helps. */
  void requireNotFrozen() {
    alive()
        .flatMap(process -> ProcessRecord.frozenRemedy(process.pid()))
        .ifPresent(
            remedy -> {
              throw new CliFailure(part.id() + " does not answer; " + remedy);
            });
  }

  /** A failure with its last words. */
  CliFailure failure(String what) {
    Path log = home.log(part);
    return new CliFailure(
        "%s %s. Its last words: %s%nThe whole log is %s"
            .formatted(part.id(), what, LogTail.lastWords(log), log));
  }

  /** Whether it writes its class data when it is stopped, which takes it some seconds. */
  boolean writesClassData() {
    return alive().map(ProcessHandle::pid).filter(ClassDataArchive::isMadeBy).isPresent();
  }

  /** Starts it in a session of its own, so that Ctrl-C in this terminal does not reach it. */
  void start(Launch launch) {
    Path log = home.log(part);
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      command.add(SETSID.toString());
    }
    command.addAll(launch.command());
    try {
      if (Files.exists(log)) {
        Files.move(
            log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
      }
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(home.directory().toFile())
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .redirectOutput(log.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("KUBERNETES_SERVICE_"));
      builder.environment().putAll(launch.environment());
      Process process = builder.start();
      ProcessRecord.running(process.pid()).ifPresent(record -> record.write(pidFile()));
    } catch (IOException e) {
      throw new CliFailure("Cannot start " + part.id() + ": " + FileTrouble.of(log, e), e);
    }
  }

  /**
   * Stops it and what it started; does nothing when it does not run. A frozen process, which cannot
   * hear that it is to stop, is ended at once.
   *
   * @param progress is told when that takes long, and when it did not stop by itself; from any
   *     thread
   */
  void stop(Consumer<String> progress) {
    Optional<ProcessHandle> running = alive();
    if (running.isPresent()) {
      ProcessHandle process = running.get();
      String name = part.id() + " (process " + process.pid() + ")";
      List<ProcessHandle> children = process.descendants().toList();
      boolean frozen = ProcessRecord.isFrozen(process.pid());
      Duration tellAfter = writesClassData() ? TELL_AFTER_CLASS_DATA : TELL_AFTER;
      process.destroy();
      if (!frozen
          && hasEnded(
              tellAfter,
              () ->
                  progress.accept(
                      "%s does not stop yet; it is ended after %d s"
                          .formatted(name, STOP_TIMEOUT.toSeconds())))) {
        ClassDataArchive.keepFinished(home.archives(), part);
      } else {
        children.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        progress.accept(
            frozen
                ? name + " was frozen and had to be killed"
                : name + " did not stop and had to be killed");
        hasEnded(TELL_AFTER, () -> {});
      }
    }
    forget();
  }

  /**
   * Ends it without letting it write its class data; does nothing when it does not run. A service
   * loses nothing by it: all that it has done is in Kafka, PostgreSQL and Kubernetes, and what it
   * was doing is done again.
   */
  void kill() {
    alive()
        .ifPresent(
            process -> {
              process.destroyForcibly();
              hasEnded(TELL_AFTER, () -> {});
            });
    forget();
  }

  private void forget() {
    try {
      Files.deleteIfExists(pidFile());
    } catch (IOException e) {
      throw new CliFailure("Cannot delete " + pidFile() + ": " + FileTrouble.of(pidFile(), e), e);
    }
  }

  /** Not by the handle, to which a process counts as alive until its parent has looked after it. */
  private boolean hasEnded(Duration tellAfter, Runnable takesLong) {
    long start = System.nanoTime();
    long deadline = start + STOP_TIMEOUT.toNanos();
    boolean told = false;
    while (alive().isPresent()) {
      if (!told && System.nanoTime() - start > tellAfter.toNanos()) {
        told = true;
        takesLong.run();
      }
      if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return true;
  }

  private Path pidFile() {
    return home.run().resolve(part.id() + ".pid");
  }
}
