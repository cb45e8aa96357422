package io.flintwheel.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flintwheel.cli.CliFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationIT {

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

  private Installation installation(Path home) {
    return new Installation(new Home(directory, home), Map.of(), line -> {});
  }
}
