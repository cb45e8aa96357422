package io.flintwheel.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process that {@code ./flintwheel up} starts. */
class LocalClusterIT {

  @TempDir Path directory;

  private Process process;

  @AfterEach
  void killWhatIsLeft() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Test
  void tellsItsAddressesAndLeavesNothingBehindWhenItIsTerminated() throws Exception {
    Path home = Files.createDirectory(directory.resolve("with space"));
    Path announcement = home.resolve("run/local-cluster.env");
    start(home);
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> Files.exists(announcement) || !process.isAlive());
    assertThat(Files.readString(announcement))
        .contains("KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:")
        .contains("KUBECONFIG=" + home.resolve("kubeconfig"))
        .contains("FLINTWHEEL_STATUS_JDBC_URL=jdbc:postgresql://127.0.0.1:")
        .contains("FLINTWHEEL_SCHEDULER_JDBC_URL=jdbc:postgresql://127.0.0.1:");
    List<ProcessHandle> children = process.descendants().toList();

    process.destroy();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    assertThat(announcement).doesNotExist();
  }

  private void start(Path home) throws IOException {
    Path image = Path.of(System.getProperty("flintwheel.root"), "local-image/target/image");
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LocalCluster.class.getName(),
                "--home=" + home,
                "--image=" + image,
                "--kafka-port=0",
                "--postgres-port=0",
                "--kubernetes-port=0")
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("local-cluster.log").toFile())
            .start();
  }
}
