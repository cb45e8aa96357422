package io.flintwheel.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flintwheel.cli.CliFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationIT {

  @TempDir Path directory;

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

  /** This process stands for a part. */
  private void runsHere(Part part) {
    ProcessRecord here = ProcessRecord.running(ProcessHandle.current().pid()).orElseThrow();
    here.write(new Home(directory, directory).create().run().resolve(part.id() + ".pid"));
  }

  private Installation installation(Path home) {
    return new Installation(new Home(directory, home), Map.of(), line -> {});
  }
}
