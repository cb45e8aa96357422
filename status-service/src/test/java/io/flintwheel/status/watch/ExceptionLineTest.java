package io.flintwheel.status.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExceptionLineTest {

  @Test
  void neverCutsACharacterInHalf() {
    String line = "x".repeat(999) + "\uD83D\uDE00" + "y".repeat(20);

    String cut = ExceptionLine.cut(line);

    assertThat(cut).isEqualTo("x".repeat(999) + "...");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a.", "Aa", "Local jar ", "x Exception in thread \"", ".jar "})
  void looksOnlyAtTheStartOfLongLinesOfAUser(String part) {
    String output =
        part.repeat(200_000 / part.length()) + "\njava.lang.IllegalStateException: no\n";

    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          assertThat(ExceptionLine.of(output)).contains("java.lang.IllegalStateException: no");
          assertThat(ExceptionLine.missingJar(output)).isEmpty();
          assertThat(ExceptionLine.missingClass(output)).isEmpty();
        });
  }

  @Test
  void takesTheLastExceptionThatNobodyCaught() {
    String output =
        """
        Exception in thread "a" java.lang.IllegalStateException: first
        java.lang.IllegalArgumentException: caught
        Exception in thread "main" org.example.Last: second
        \tat org.example.Main
        """;

    assertThat(ExceptionLine.of(output)).contains("org.example.Last: second");
  }
}
