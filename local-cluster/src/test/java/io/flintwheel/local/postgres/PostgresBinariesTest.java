package io.flintwheel.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresBinariesTest {

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, postgres-linux-x86_64.txz",
    "Linux, aarch64, postgres-linux-arm_64.txz"
  })
  void areThereForBothArchitectures(String os, String architecture, String archive) {
    assertThat(PostgresBinaries.archive(os, architecture)).isEqualTo(archive);
  }

  @Test
  void ofThisMachineAreOnTheClassPath() {
    String archive =
        PostgresBinaries.archive(System.getProperty("os.name"), System.getProperty("os.arch"));
    assertThat(getClass().getResource("/" + archive)).isNotNull();
  }

  @Test
  void refuseAnotherSystemInOneSentence() {
    assertThatThrownBy(() -> PostgresBinaries.archive("Mac OS X", "aarch64"))
        .hasMessage("The local cluster runs on Linux amd64 and arm64; this is Mac OS X aarch64");
  }
}
