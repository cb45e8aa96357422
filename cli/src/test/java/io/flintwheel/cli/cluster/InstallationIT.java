package io.flintwheel.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flintwheel.cli.CliFailure;
import io.flintwheel.local.kafka.LocalKafka;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.LogManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationIT {

  private static final String STATUS_URL = "http://127.0.0.1:" + Port.STATUS.standard();

  @TempDir Path directory;

  private int port;

  @Test
  void makesNothingWhenItIsOnlyLookedAt() {
    Path home = directory.resolve("home");

    List<PartStatus> parts = installation(home).status();

    assertThat(parts).hasSize(4).allMatch(part -> part.pid().isEmpty());
    assertThat(home).doesNotExist();
  }

  @Test
  void makesNothingWhenThereIsNothingToStop() {
    Path home = directory.resolve("home");

    installation(home).down();

    assertThat(home).doesNotExist();
  }

  @Test
  void saysWhyItsDirectoryCannotBeMade() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    Path home = file.resolve("home");

    assertThatThrownBy(() -> installation(home).up())
        .isInstanceOf(CliFailure.class)
        .hasMessageStartingWith("Cannot make " + home + ": ")
        .hasMessageContaining("not a directory");
  }

  @Test
  void saysThatTheLocalClusterAloneHasDied() {
    runsHere(Part.STATUS);

    assertThatThrownBy(() -> installation(directory).reach())
        .isInstanceOf(CliFailure.class)
        .hasMessageStartingWith("The local cluster has died");
  }

  @Test
  void saysThatItIsStarting() {
    runsHere(Part.LOCAL_CLUSTER);

    assertThatThrownBy(() -> installation(directory).reach())
        .isInstanceOf(CliFailure.class)
        .hasMessageStartingWith("The installation is starting");
  }

  @Test
  void saysSoOfItsOwnAddressesToo() throws IOException {
    startedWith(freePort());
    runsHere(Part.STATUS);

    assertThatThrownBy(() -> installation(directory).requireUpIfOwn("127.0.0.1:" + port))
        .isInstanceOf(CliFailure.class)
        .hasMessageStartingWith("The local cluster has died");
  }

  @Test
  void saysThatNothingIsUpAtItsOwnAddress() throws IOException {
    startedWith(freePort());

    assertThatThrownBy(() -> installation(directory).requireUpIfOwn("127.0.0.1:" + port))
        .isInstanceOf(CliFailure.class)
        .hasMessageStartingWith("Nothing is up here");
  }

  @Test
  void leavesAloneAnotherInstallationThatHasItsPortNow() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      startedWith(other.getLocalPort());

      assertThatCode(() -> installation(directory).requireUpIfOwn("127.0.0.1:" + port))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void leavesAloneAnAddressElsewhere() throws IOException {
    startedWith(freePort());
    runsHere(Part.STATUS);

    assertThatCode(() -> installation(directory).requireUpIfOwn("kafka.example.com:" + port))
        .doesNotThrowAnyException();
  }

  @Test
  void saysThatAFrozenLocalClusterDoesNotAnswer() throws IOException {
    // As a frozen process does, it lets the kernel connect.
    try (ServerSocket frozen = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      startedWith(frozen.getLocalPort());
      announcedHere();

      Health localCluster = installation(directory).status().get(0).health();

      assertThat(localCluster).isEqualTo(new Health(false, List.of("does not answer")));
    }
  }

  @Test
  void saysThatALocalClusterThatAnswersIsReady() throws IOException {
    // The broker logs pages.
    LogManager.getLogManager().reset();
    try (LocalKafka kafka = LocalKafka.start(directory.resolve("kafka"), 0)) {
      startedWith(Integer.parseInt(kafka.bootstrapServers().replaceFirst(".*:", "")));
      announcedHere();

      Health localCluster = installation(directory).status().get(0).health();

      assertThat(localCluster).isEqualTo(new Health(true, List.of()));
    }
  }

  @Test
  void saysWhatHelpsWhenAServiceOfItsOwnWasKilled() throws IOException {
    startedWith(freePort());
    runsHere(Part.LOCAL_CLUSTER);

    Optional<String> remedy = installation(directory).remedy(STATUS_URL);

    assertThat(remedy).contains("./flintwheel up starts it again");
  }

  @Test
  void doesNotSayThatUpStartsAServiceThatRuns() throws IOException {
    startedWith(freePort());
    runsHere(Part.LOCAL_CLUSTER);
    runsHere(Part.STATUS);

    Optional<String> remedy = installation(directory).remedy(STATUS_URL);

    assertThat(remedy).contains("./flintwheel status shows how it is");
  }

  @Test
  void knowsNoRemedyForAServiceElsewhere() throws IOException {
    startedWith(freePort());
    runsHere(Part.LOCAL_CLUSTER);

    Optional<String> remedy = installation(directory).remedy("http://status.example.com:8083");

    assertThat(remedy).isEmpty();
  }

  private void startedWith(int kafka) {
    port = kafka;
    new LocalEnv(Map.of(Port.KAFKA.variable(), Integer.toString(kafka)))
        .write(new Home(directory, directory).create().run().resolve("ports.env"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** This process stands for a part. */
  private void runsHere(Part part) {
    ProcessRecord here = ProcessRecord.running(ProcessHandle.current().pid()).orElseThrow();
    here.write(new Home(directory, directory).create().run().resolve(part.id() + ".pid"));
  }

  /** A local cluster that has said that it is ready. */
  private void announcedHere() throws IOException {
    runsHere(Part.LOCAL_CLUSTER);
    Files.createFile(new Home(directory, directory).announcement());
  }

  private Installation installation(Path home) {
    return new Installation(new Home(directory, home), Map.of(), line -> {});
  }
}
