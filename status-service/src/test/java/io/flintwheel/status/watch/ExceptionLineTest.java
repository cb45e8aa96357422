package io.flintwheel.status.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExceptionLineTest {

  @Test
  void neverCutsACharacterInHalf() {
    String line = "x".repeat(999) + "\uD83D\uDE00" + "y".repeat(20);

    String cut = ExceptionLine.cut(line);

    assertThat(cut).isEqualTo("x".repeat(999) + "...");
  }
}
