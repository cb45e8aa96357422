package io.flintwheel.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command that is asked to end is a JVM of its own here; a shell stands for what it started. */
class StopAtExitIT {

  @TempDir Path directory;

  private Process part;
  private Process command;

  @BeforeEach
  void start() throws IOException {
    part = new ProcessBuilder("sh", "-c", "while :; do sleep 0.05; done").start();
    ProcessRecord.running(part.pid())
        .orElseThrow()
        .write(new Home(directory, directory).create().run().resolve(Part.STATUS.id() + ".pid"));
  }

  @AfterEach
  void end() {
    part.destroyForcibly();
    command.destroyForcibly();
  }

  @Test
  void endsWhatWasBegunWhileThePartsStillRun() throws Exception {
    List<String> told = interrupted("prompt");

    assertThat(told)
        .containsExactly("", "Interrupted; stopping what was started", "part runs: true");
    assertThat(part.onExit()).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void stopsThePartsThoughWhatWasBegunDoesNotEnd() throws Exception {
    List<String> told = interrupted("endless");

    assertThat(told).endsWith("It was left.");
    assertThat(part.onExit()).succeedsWithin(Duration.ofSeconds(10));
  }

  private List<String> interrupted(String how) throws Exception {
    command =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Command.class.getName(),
                directory.toString(),
                how)
            .start();
    command.inputReader(StandardCharsets.UTF_8).readLine();
    // Not by the process itself, which would close the streams.
    command.toHandle().destroy();
    try (Stream<String> told = command.errorReader(StandardCharsets.UTF_8).lines()) {
      return told.toList();
    }
  }

  /** Begins something, says so, and waits. */
  static final class Command {

    private Command() {}

    public static void main(String[] arguments) {
      Path directory = Path.of(arguments[0]);
      Installation installation =
          new Installation(new Home(directory, directory), Map.of(), line -> {});
      StopAtExit exit = StopAtExit.of(installation, System.err, Duration.ofSeconds(2));
      exit.first(
          arguments[1].equals("prompt")
              ? () -> System.err.println("part runs: " + installation.anyAlive())
              : LockSupport::park,
          "It was left.");
      System.out.println("begun");
      while (!Thread.currentThread().isInterrupted()) {
        LockSupport.park();
      }
    }
  }
}
