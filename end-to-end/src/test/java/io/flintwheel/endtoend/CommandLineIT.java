package io.flintwheel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flintwheel.endtoend.FlintwheelCommand.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What a newcomer types, one command after the other, each a process of its own. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CommandLineIT {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path HOME = Path.of("target/command-line").toAbsolutePath();
  private static final FlintwheelCommand FLINTWHEEL = FlintwheelCommand.onFreePorts(ROOT, HOME);

  private static final Path EXAMPLE = ROOT.resolve("examples/spark-pi.yaml");

  @BeforeAll
  static void up() {
    if (Files.exists(HOME)) {
      // A run that was killed may have left its processes.
      FLINTWHEEL.run("down");
    }
    Installations.clear(HOME);
    Result up = FLINTWHEEL.run("up");
    assertThat(up.exitCode()).as(up.err()).isZero();
  }

  @AfterAll
  static void down() {
    FLINTWHEEL.run("down");
  }

  @Test
  void upLeavesAloneWhatRuns() {
    long before = FLINTWHEEL.process("submitter-service").pid();

    Result again = FLINTWHEEL.run("up");

    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(FLINTWHEEL.process("submitter-service").pid()).isEqualTo(before);
  }

  @Test
  void statusShowsThatAllAreReady() {
    Result status = FLINTWHEEL.run("status");

    assertThat(status.exitCode()).isZero();
    assertThat(status.out().lines()).hasSize(4).allMatch(line -> line.contains(" ready "));
  }

  @Test
  void logsOfAPartAreItsLogFile() {
    Result logs = FLINTWHEEL.run("logs", "local-cluster");

    assertThat(logs.exitCode()).isZero();
    assertThat(logs.out()).contains("The local cluster is ready");
  }

  @Test
  void theExampleRunsToItsEndAndIsListedWithItsLog() {
    Result submitted = FLINTWHEEL.run("submit", "--follow", EXAMPLE.toString());

    assertThat(submitted.exitCode()).as(submitted.err()).isZero();
    String job = submitted.out().strip();
    assertThat(job).matches("spark-pi-[a-z0-9]{5}");
    assertThat(FLINTWHEEL.run("jobs").out().lines())
        .anyMatch(line -> line.startsWith(job + " ") && line.contains("SUCCEEDED"));
    assertThat(FLINTWHEEL.run("logs", job).out()).contains("Pi is roughly");
  }

  @Test
  void aJobIdThatAnotherJobHasIsRefused() throws IOException {
    String first =
        FLINTWHEEL.run("submit", "-f", "--job-id", "once", EXAMPLE.toString()).out().strip();
    Result again = FLINTWHEEL.run("submit", "-f", "--job-id", "once", EXAMPLE.toString());

    Result other = FLINTWHEEL.run("submit", "-f", "--job-id", "once", longExample().toString());

    assertThat(first).isEqualTo("once");
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(other.exitCode()).as(other.err()).isEqualTo(4);
    assertThat(other.err()).contains("The request for once is refused: job once is known with");
  }

  @Test
  void aFollowedLogBeginsWhenTheDriverDoes() {
    String job = FLINTWHEEL.run("submit", EXAMPLE.toString()).out().strip();
    awaitListed(job, "");

    Result followed = FLINTWHEEL.run("logs", "-f", job);

    assertThat(followed.exitCode()).as(followed.err()).isZero();
    assertThat(followed.out()).contains("Pi is roughly");
  }

  @Test
  void cancellingAnUnknownJobIsRefusedAndMakesNone() {
    Result refused = FLINTWHEEL.run("cancel", "nosuch");

    assertThat(refused.exitCode()).as(refused.out()).isEqualTo(1);
    assertThat(refused.err()).contains("There is no job nosuch", "cancel --anyway nosuch");
    assertThat(FLINTWHEEL.run("jobs").out()).doesNotContain("nosuch");
  }

  @Test
  void cancellingAJobBeforehandSaysSo() {
    Result cancelled = FLINTWHEEL.run("cancel", "--anyway", "not-yet");

    assertThat(cancelled.exitCode()).as(cancelled.err()).isZero();
    assertThat(cancelled.out()).contains("There is no job not-yet yet");
  }

  @Test
  void aCancelledJobEnds() throws IOException {
    String job = FLINTWHEEL.run("submit", longExample().toString()).out().strip();
    awaitListed(job, "RUNNING");

    Result cancelled = FLINTWHEEL.run("cancel", job);

    assertThat(cancelled.exitCode()).as(cancelled.err()).isZero();
    awaitListed(job, "CANCELLED");
  }

  @Test
  void aFileThatIsNoJobIsRefusedInOneLine() throws IOException {
    Path pod = Files.writeString(HOME.resolve("pod.yaml"), "apiVersion: v1\nkind: Pod\n");

    Result refused = FLINTWHEEL.run("submit", pod.toString());

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err().lines())
        .singleElement()
        .asString()
        .contains("pod.yaml is a Pod of v1");
  }

  @Test
  void aPortThatIsTakenIsNamedWithItsOverride() throws IOException {
    Path other = Files.createDirectories(HOME.resolve("other"));
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      FlintwheelCommand second =
          FlintwheelCommand.onFreePorts(ROOT, other)
              .withPort("FLINTWHEEL_STATUS_PORT", taken.getLocalPort());

      Result refused = second.run("up");

      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.err())
          .contains("Port " + taken.getLocalPort() + ", which status-service needs, is taken by")
          .contains("FLINTWHEEL_STATUS_PORT=<port> ./flintwheel up");
    }
  }

  @Test
  @Order(Integer.MAX_VALUE - 1)
  void upStartsAgainWhatWasKilled() {
    ProcessHandle scheduler = FLINTWHEEL.process("scheduler-service");
    scheduler.destroyForcibly();
    scheduler.onExit().join();
    assertThat(FLINTWHEEL.run("status").exitCode()).isEqualTo(3);

    Result up = FLINTWHEEL.run("up");

    assertThat(up.exitCode()).as(up.err()).isZero();
    assertThat(FLINTWHEEL.run("status").exitCode()).isZero();
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void downStopsEverythingAndMayBeRepeated() {
    ProcessHandle localCluster = FLINTWHEEL.process("local-cluster");

    Result down = FLINTWHEEL.run("down");

    assertThat(down.exitCode()).as(down.err()).isZero();
    // One that has ended counts as alive until its parent has asked how.
    await("the local cluster is gone")
        .atMost(Duration.ofSeconds(10))
        .until(() -> !localCluster.isAlive());
    assertThat(FLINTWHEEL.run("status").out().lines()).allMatch(line -> line.contains(" stopped "));
    assertThat(FLINTWHEEL.run("down").out()).contains("Nothing was up.");
  }

  private static Path longExample() throws IOException {
    return Files.writeString(
        HOME.resolve("long.yaml"), Files.readString(EXAMPLE).replace("\"100\"", "\"100000\""));
  }

  private static void awaitListed(String job, String state) {
    await(job + " is " + state)
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(500))
        .until(
            () ->
                FLINTWHEEL
                    .run("jobs")
                    .out()
                    .lines()
                    .anyMatch(line -> line.startsWith(job + " ") && line.contains(state)));
  }
}
