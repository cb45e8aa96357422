package io.flintwheel.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another process holds the lock until its standard input ends. */
class HomeLockIT {

  @TempDir Path directory;

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private Process holder;

  @AfterEach
  void end() {
    holder.destroyForcibly();
  }

  @Test
  void whoeverWaitsIsToldForWhom() throws Exception {
    hold();

    CompletableFuture<String> waiting =
        CompletableFuture.supplyAsync(() -> lock(directory, told::add).holding(() -> "held"));

    assertThat(told.poll(20, TimeUnit.SECONDS))
        .isEqualTo("Waiting for java %s (process %d) to end", Holder.class.getName(), holder.pid());
    holder.getOutputStream().close();
    assertThat(waiting).succeedsWithin(Duration.ofSeconds(20)).isEqualTo("held");
    assertThat(told).isEmpty();
  }

  private void hold() throws IOException {
    holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                directory.toString())
            .start();
    holder.inputReader(StandardCharsets.UTF_8).readLine();
  }

  private static HomeLock lock(Path directory, Consumer<String> progress) {
    return new HomeLock(new Home(directory, directory).create(), progress);
  }

  /** Says when it has the lock. */
  static final class Holder {

    private Holder() {}

    public static void main(String[] arguments) {
      lock(Path.of(arguments[0]), line -> {})
          .holding(
              () -> {
                System.out.println("held");
                try {
                  return System.in.read();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
