package io.flintwheel.local.postgres;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs PostgreSQL's programs, also for root, which they refuse.
 *
 * <p>In a user namespace of its own without a mapping, root is nobody and yet owns its files.
 */
final class PostgresCommand {

  private static final long TIMEOUT_SECONDS = 60;

  private final PostgresBinaries binaries;
  private final boolean root;

  PostgresCommand(PostgresBinaries binaries) {
    this.binaries = binaries;
    this.root = "root".equals(System.getProperty("user.name"));
  }

  /** Starts a program and returns at once; what it says is appended to the log. */
  Process start(Path log, String program, String... arguments) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(commandLine(program, arguments))
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    return builder.start();
  }

  /** Runs a program to its end; fails when it does. */
  void run(Path log, String program, String... arguments) throws IOException {
    Process process = start(log, program, arguments);
    try {
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(program + " took more than a minute; see " + log);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while running " + program, e);
    }
    if (process.exitValue() != 0) {
      throw new IOException(
          program + " ended with exit code " + process.exitValue() + "; see " + log + hint(log));
    }
  }

  private List<String> commandLine(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (root) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(binaries.program(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private String hint(Path log) throws IOException {
    String said = java.nio.file.Files.readString(log, StandardCharsets.UTF_8);
    return root && said.contains("unshare")
        ? " (PostgreSQL does not run as root, and user namespaces are blocked here:"
            + " run as another user)"
        : "";
  }
}
