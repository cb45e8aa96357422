package io.flintwheel.status.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Optional;
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
        part.repeat(200_000 / part.length())
            + "\n"
            + (part.repeat(1_900 / part.length()) + "\n").repeat(400)
            + "\njava.lang.IllegalStateException: no\n";

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

  @Test
  void tellsWhatWasLoggedFromWhatNobodyCaught() {
    String output =
        """
        26/11/23 18:47:58 ERROR TransportRequestHandler: Error while invoking RpcHandler#receive()
        org.apache.spark.SparkException: Could not find CoarseGrainedScheduler.
        \tat org.apache.spark.rpc.netty.Dispatcher
        26/11/23 18:47:58 INFO ShutdownHookManager: Shutdown hook called
        """;

    Optional<String> uncaught = ExceptionLine.of(output);

    assertThat(uncaught).isEmpty();
    assertThat(ExceptionLine.logged(output))
        .contains("org.apache.spark.SparkException: Could not find CoarseGrainedScheduler.");
  }

  @Test
  void findsTheExceptionOfAPythonProgram() {
    String output =
        """
        26/11/23 18:47:58 ERROR Executor: a task failed
        Traceback (most recent call last):
          File "/opt/spark/work/orders.py", line 3, in <module>
            raise ValueError("no orders today")
        ValueError: no orders today
        """;

    Optional<String> uncaught = ExceptionLine.of(output);

    assertThat(uncaught).contains("ValueError: no orders today");
  }

  @Test
  void findsTheExceptionAboveAsManyFramesAsAJvmPrints() {
    String output =
        "Exception in thread \"main\" java.lang.StackOverflowError\n"
            + "\tat org.example.Main.deeper(Main.java:7)\n".repeat(1024)
            + "26/01/01 12:00:59 INFO SparkContext: Successfully stopped SparkContext\n";

    Optional<String> uncaught = ExceptionLine.of(output);

    assertThat(uncaught).contains("java.lang.StackOverflowError");
  }

  @Test
  void asksOnlyWhatFollowsTheLastUncaughtExceptionForWhatIsMissing() {
    String output =
        """
        java.lang.ClassNotFoundException: org.example.Optional
        Exception in thread "main" java.lang.IllegalStateException: no orders
        """;

    String decisive = ExceptionLine.decisive(output);

    assertThat(ExceptionLine.missingClass(decisive)).isEmpty();
  }

  @Test
  void takesTheLastErrorAndTheLastLineOfTheApplicationForLastWords() {
    String output =
        """
        Using Spark's default log4j profile: org/apache/spark/log4j2-defaults.properties
        26/01/01 12:00:57 ERROR Orders: no orders for 2026-01-01
        26/01/01 12:00:58 INFO SparkContext: SparkContext is stopping with exitCode 0
        """;

    Optional<String> error = ExceptionLine.lastError(output);

    assertThat(error).contains("26/01/01 12:00:57 ERROR Orders: no orders for 2026-01-01");
    assertThat(ExceptionLine.lastUnlogged(output)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.io.FileNotFoundException: file:/opt/spark/user/x.jar!/App.class (No such file)",
        "java.nio.file.NoSuchFileException: /data/some.jar.list",
        "java.lang.Exception: Local jar registry does not exist anymore",
      })
  void takesNoOtherMissingFileForTheApplicationsJar(String line) {
    Optional<String> missing = ExceptionLine.missingJar(line);

    assertThat(missing).isEmpty();
  }

  @Test
  void findsAMissingJarInAPathWithABlank() {
    String line = "java.nio.file.NoSuchFileException: /home/ann/my jobs/x.jar";

    Optional<String> missing = ExceptionLine.missingJar(line);

    assertThat(missing).contains("NoSuchFileException: /home/ann/my jobs/x.jar");
  }
}
