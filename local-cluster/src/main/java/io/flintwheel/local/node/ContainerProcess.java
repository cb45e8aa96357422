package io.flintwheel.local.node;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running container: a shell that watches over it and outlives the node, so that its exit code is
 * known even when the node was away at that moment.
 */
final class ContainerProcess {

  private static final Logger LOG = LoggerFactory.getLogger(ContainerProcess.class);

  /** What a process killed by SIGKILL ends with. */
  static final int KILLED = 137;

  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

  private final ContainerDirectory directory;
  private final ProcessHandle watcher;
  private final Instant startedAt;
  private final Clock clock;

  private ContainerProcess(
      ContainerDirectory directory, ProcessHandle watcher, Instant startedAt, Clock clock) {
    this.directory = directory;
    this.watcher = watcher;
    this.startedAt = startedAt;
    this.clock = clock;
  }

  /**
   * Starts the container.
   *
   * @param script run-container.sh on this machine
   * @throws CannotStart when the machine refuses to start such a process
   */
  static ContainerProcess start(
      Path script, ContainerDirectory directory, ContainerCommand command, Clock clock)
      throws IOException, CannotStart {
    var arguments = new ArrayList<String>();
    arguments.add("/bin/sh");
    arguments.add(script.toString());
    arguments.add(directory.root().toString());
    arguments.addAll(command.arguments());
    var builder = new ProcessBuilder(arguments);
    builder.environment().clear();
    builder.environment().putAll(command.environment());
    builder.directory(command.workingDirectory().toFile());
    builder.redirectInput(new File("/dev/null"));
    builder.redirectErrorStream(true);
    builder.redirectOutput(directory.log().toFile());
    // First the mark, then the process: a node that dies in between runs it not at all.
    Files.createFile(directory.started());
    ProcessHandle watcher = launch(builder, directory).toHandle();
    ProcessIdentity identity = ProcessIdentity.of(watcher);
    identity.write(directory.started());
    return new ContainerProcess(directory, watcher, clock.instant(), clock);
  }

  private static Process launch(ProcessBuilder builder, ContainerDirectory directory)
      throws IOException, CannotStart {
    try {
      return builder.start();
    } catch (IOException e) {
      Files.delete(directory.started());
      throw CannotStart.refused("failed to start the container's process: " + e.getMessage());
    }
  }

  /** Finds a container that an earlier run of the node has started and that still runs. */
  static Optional<ContainerProcess> adopt(ContainerDirectory directory, Clock clock)
      throws IOException {
    if (Files.exists(directory.exit())) {
      return Optional.empty();
    }
    return ProcessIdentity.read(directory.started())
        .flatMap(
            identity ->
                identity
                    .find()
                    .map(
                        found ->
                            new ContainerProcess(directory, found, identity.startedAt(), clock)));
  }

  Instant startedAt() {
    return startedAt;
  }

  ContainerDirectory directory() {
    return directory;
  }

  /** Completes with how the container ended, once it has. */
  CompletableFuture<ContainerExit> onExit() {
    var ended = new CompletableFuture<ContainerExit>();
    lookForExit(ended);
    var unused = watcher.onExit().thenRun(() -> ended.complete(exitSeen()));
    return ended;
  }

  // While a node looks on, only SIGKILL ends a watcher without a record, and its container with it.
  private ContainerExit exitSeen() {
    return recorded(directory, startedAt, clock)
        .orElseGet(() -> ContainerExit.of(KILLED, startedAt, clock.instant()));
  }

  // An adopted watcher is a child of init. Where init does not collect its children, in many an
  // image, the watcher never counts as ended: the file that it leaves tells it nevertheless.
  private void lookForExit(CompletableFuture<ContainerExit> ended) {
    if (Files.exists(directory.exit())) {
      ended.complete(exitSeen());
    } else if (!ended.isDone()) {
      CompletableFuture.delayedExecutor(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)
          .execute(() -> lookForExit(ended));
    }
  }

  /** How a container has ended that was found to run no longer. */
  static ContainerExit exitOf(ContainerDirectory directory, Instant startedAt, Clock clock) {
    return recorded(directory, startedAt, clock)
        .orElseGet(() -> ContainerExit.unknown(startedAt, clock.instant()));
  }

  /** What its watcher has left; without a record, nothing of the container is left to run. */
  private static Optional<ContainerExit> recorded(
      ContainerDirectory directory, Instant startedAt, Clock clock) {
    try {
      if (Files.exists(directory.exit())) {
        int code = Integer.parseInt(Files.readString(directory.exit()).strip());
        FileTime written = Files.getLastModifiedTime(directory.exit());
        return Optional.of(ContainerExit.of(code, startedAt, written.toInstant()));
      }
      firstProcess(directory).ifPresent(ProcessHandle::destroyForcibly);
      return Optional.empty();
    } catch (IOException | NumberFormatException e) {
      LOG.warn("Exit of a container cannot be read directory={}", directory.root(), e);
      return Optional.of(ContainerExit.unknown(startedAt, clock.instant()));
    }
  }

  /** Asks the container to end (SIGTERM to its first process, as a kubelet does). */
  void terminate() {
    firstProcessQuietly().ifPresent(ProcessHandle::destroy);
  }

  /** Ends the container and everything it has started (SIGKILL). */
  void kill() {
    Optional<ProcessHandle> first = firstProcessQuietly();
    first.ifPresent(
        process -> {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
        });
    if (first.isEmpty()) {
      watcher.descendants().forEach(ProcessHandle::destroyForcibly);
    }
  }

  /** The container's first process and all that came of it. */
  Stream<ProcessHandle> processes() {
    return firstProcessQuietly().stream()
        .flatMap(first -> Stream.concat(Stream.of(first), first.descendants()));
  }

  private Optional<ProcessHandle> firstProcessQuietly() {
    if (!watcher.isAlive()) {
      return Optional.empty();
    }
    try {
      if (Files.exists(directory.pid())) {
        // Once it has ended the shell's only child is what writes down how: not to be disturbed.
        return firstProcess(directory);
      }
    } catch (IOException e) {
      LOG.debug("The pid of a container cannot be read directory={}", directory.root(), e);
    }
    // The pid file follows the start within milliseconds; until then the shell's child is it.
    return watcher.children().findFirst();
  }

  private static Optional<ProcessHandle> firstProcess(ContainerDirectory directory)
      throws IOException {
    if (!Files.exists(directory.pid())) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(Files.readString(directory.pid()).strip()));
  }
}
