package io.flintwheel.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessRecordIT {

  private static final long OWN_PID = ProcessHandle.current().pid();

  @TempDir Path directory;

  @Test
  void findsTheProcessThatItWasWrittenFor() {
    Path file = directory.resolve("part.pid");
    ProcessRecord.running(OWN_PID).orElseThrow().write(file);

    var found = ProcessRecord.read(file).flatMap(ProcessRecord::alive);

    assertThat(found).map(ProcessHandle::pid).contains(OWN_PID);
  }

  @Test
  void takesNoStrangerForTheProcessWhoseNumberItHas() {
    ProcessRecord old = new ProcessRecord(OWN_PID, "boot-of-yesterday-1234");

    var found = old.alive();

    assertThat(found).isEmpty();
  }

  @Test
  void isEmptyForAFileThatIsGoneOrBroken() throws Exception {
    Path broken = directory.resolve("broken.pid");
    java.nio.file.Files.writeString(broken, "not a pid");

    assertThat(ProcessRecord.read(broken)).isEmpty();
    assertThat(ProcessRecord.read(directory.resolve("gone.pid"))).isEmpty();
  }
}
