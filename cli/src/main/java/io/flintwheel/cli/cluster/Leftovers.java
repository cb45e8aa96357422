package io.flintwheel.cli.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;

/**
 * What a local cluster that was killed has left running: the PostgreSQL server and the pods'
 * processes, known by this installation's own directories in their command line or as their working
 * directory.
 */
final class Leftovers {

  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Set<String> postgres;
  private final Path pods;

  Leftovers(Home home, Map<String, String> environment) {
    Path plain = PlainPath.of(home.directory(), environment);
    this.postgres = Set.copyOf(List.of(data(home.directory()).toString(), data(plain).toString()));
    this.pods = home.data().resolve("node/pods");
  }

  private static Path data(Path directory) {
    return directory.resolve("data/postgres/data");
  }

  /** What there is, for a person. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    if (!found(this::isServer).isEmpty()) {
      names.add("PostgreSQL");
    }
    if (!found(this::isOfPod).isEmpty()) {
      names.add("pods");
    }
    return names;
  }

  /** Ends them; only for when the local cluster does not run. */
  void stop() {
    // Their node has died, and pods end with it; a driver would look for its API server for long.
    found(this::isOfPod).forEach(ProcessHandle::destroyForcibly);
    found(this::isServer).forEach(ProcessHandle::destroy);
    long deadline = System.nanoTime() + GRACE.toNanos();
    while (!found(this::isServer).isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    found(this::isServer).forEach(ProcessHandle::destroyForcibly);
  }

  private static List<ProcessHandle> found(LongPredicate wanted) {
    return ProcessHandle.allProcesses().filter(process -> wanted.test(process.pid())).toList();
  }

  private boolean isServer(long pid) {
    List<String> words = CommandLineOf.process(pid);
    return !words.isEmpty()
        && words.get(0).endsWith("/postgres")
        && words.stream().anyMatch(postgres::contains);
  }

  private boolean isOfPod(long pid) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd")).startsWith(pods);
    } catch (IOException e) {
      return false; // Another user's, or gone.
    }
  }
}
