package io.flintwheel.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers' processes, with a shell that takes its time to write down how they ended. */
class ContainerProcessIT {

  @TempDir Path home;

  @Test
  void leavesTheEndOfAContainerAloneWhenItIsAskedToEndTooLate() throws Exception {
    ContainerProcess process = start();
    Awaitility.await().until(() -> Files.exists(home.resolve("ended")));

    process.terminate();

    Files.createFile(home.resolve("go"));
    assertThat(process.onExit().get(30, TimeUnit.SECONDS).code()).isZero();
  }

  /** As run-container.sh, but between the end and its record another command runs. */
  private ContainerProcess start() throws IOException, CannotStart {
    Path script =
        Files.writeString(
            home.resolve("run.sh"),
            """
            directory=$1; shift
            "$@" & child=$!
            echo "$child" >"$directory/pid"
            wait "$child"; code=$?
            touch "$directory/../ended"
            sh -c 'while [ ! -e "$0" ]; do sleep 0.1; done' "$directory/../go" || code=137
            echo "$code" >"$directory/exit.new"
            mv "$directory/exit.new" "$directory/exit"
            """);
    ContainerDirectory directory = ContainerDirectory.create(home.resolve("container"));
    return ContainerProcess.start(
        script,
        directory,
        new ContainerCommand(List.of("/bin/true"), Map.of(), home),
        Clock.systemUTC());
  }
}
