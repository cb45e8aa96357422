package io.flintwheel.endtoend;

import io.flintwheel.local.LoopbackPort;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code ./flintwheel} as a user types it, with a home and ports of its own. */
final class FlintwheelCommand {

  private static final List<String> PORTS =
      List.of("SUBMITTER", "SCHEDULER", "STATUS", "KAFKA", "POSTGRES", "KUBERNETES");
  private static final long PATIENCE_MINUTES = 10;

  private final Path projectRoot;
  private final Path home;
  private final Map<String, String> ports;

  private FlintwheelCommand(Path projectRoot, Path home, Map<String, String> ports) {
    this.projectRoot = projectRoot;
    this.home = home;
    this.ports = Map.copyOf(ports);
  }

  static FlintwheelCommand onFreePorts(Path projectRoot, Path home) {
    Iterator<Integer> free = Stream.generate(LoopbackPort::free).distinct().iterator();
    Map<String, String> ports = new HashMap<>();
    PORTS.forEach(port -> ports.put("FLINTWHEEL_" + port + "_PORT", free.next().toString()));
    return new FlintwheelCommand(projectRoot, home, ports);
  }

  /** The same with one port set. */
  FlintwheelCommand withPort(String variable, int port) {
    Map<String, String> changed = new HashMap<>(ports);
    changed.put(variable, Integer.toString(port));
    return new FlintwheelCommand(projectRoot, home, changed);
  }

  /** Runs it to its end; both streams go to files, because what it starts may keep them open. */
  Result run(String... arguments) {
    try {
      File out = Files.createTempFile(home, "out-", ".txt").toFile();
      File err = Files.createTempFile(home, "err-", ".txt").toFile();
      ProcessBuilder builder =
          new ProcessBuilder(
                  Stream.concat(
                          Stream.of(projectRoot.resolve("flintwheel").toString()),
                          Stream.of(arguments))
                      .toList())
              .redirectOutput(out)
              .redirectError(err);
      builder.environment().putAll(ports);
      builder.environment().put("FLINTWHEEL_HOME", home.toString());
      builder.environment().put("FLINTWHEEL_BUILD", "never");
      Process process = builder.start();
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("did not end: flintwheel " + String.join(" ", arguments));
      }
      return new Result(
          process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run ./flintwheel", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The process of a part, as its pid file tells. */
  ProcessHandle process(String part) {
    try {
      String record = Files.readString(home.resolve("run").resolve(part + ".pid"));
      return ProcessHandle.of(Long.parseLong(record.substring(0, record.indexOf(' '))))
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException("there is no pid file of " + part, e);
    }
  }

  /** What a user sees of a command. */
  record Result(int exitCode, String out, String err) {}
}
