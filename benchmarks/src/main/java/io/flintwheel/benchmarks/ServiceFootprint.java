package io.flintwheel.benchmarks;

import io.flintwheel.endtoend.FlintwheelInstallation;
import io.flintwheel.endtoend.FlintwheelService;
import io.flintwheel.endtoend.Installations;
import io.flintwheel.endtoend.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.awaitility.Awaitility;

/**
 * How long each service takes from its start until it is ready, and how much memory it holds when
 * idle; with production's JVM flags, one service at a time, everything it needs being there.
 */
public final class ServiceFootprint {

  private static final int STARTS = 5;
  private static final Duration IDLE = Duration.ofSeconds(30);

  private ServiceFootprint() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    Path root = Path.of(System.getProperty("flintwheel.root", "."));
    Path directory = root.resolve("benchmarks/target/footprint");
    try (FlintwheelInstallation installation = Installations.forTests(root, directory)) {
      StringBuilder memory = new StringBuilder();
      System.out.println(Latencies.header());
      for (FlintwheelService service : FlintwheelService.values()) {
        ServiceProcess process = installation.service(service);
        Latencies starts = new Latencies();
        for (int n = 0; n < STARTS; n++) {
          long started = System.nanoTime();
          process.start();
          process.awaitReady();
          starts.add(Duration.ofNanos(System.nanoTime() - started));
          if (n < STARTS - 1) {
            process.stop();
          }
        }
        Awaitility.await()
            .pollDelay(IDLE)
            .atMost(IDLE.multipliedBy(2))
            .until(() -> process.isAlive());
        memory.append(
            String.format(
                Locale.ROOT,
                "%s: %d MiB resident after %d s idle%n",
                service.module(),
                residentMebibytes(process.pid()),
                IDLE.toSeconds()));
        process.stop();
        System.out.println(starts.row(service.module() + ": start -> ready"));
      }
      System.out.println();
      System.out.println(memory);
    }
  }

  private static long residentMebibytes(long pid) {
    try {
      String line =
          Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
              .filter(text -> text.startsWith("VmRSS:"))
              .findFirst()
              .orElseThrow();
      return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the memory of process " + pid, e);
    }
  }
}
