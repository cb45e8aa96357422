package io.flintwheel.status.watch;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.flintwheel.events.job.Failure;
import io.flintwheel.events.job.FailureClass;
import io.flintwheel.status.watch.PodReading.Role;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Why a Spark process ended badly of its own accord: what it said last, or else its exit code.
 *
 * @param role whose process it was
 * @param end how its container ended
 */
record ProcessFailure(Role role, ContainerStateTerminated end) {

  private static final String NEVER_STARTED = "StartError";

  /** A kubelet takes no more of a log for its message, less what half a character takes. */
  private static final int MESSAGE_LIMIT = 2048 - 3;

  /** Spark's own: {@code SparkExitCode} and {@code ExecutorExitCode} of 4.1.1. */
  private static final Map<Integer, String> SPARK_EXIT_CODES =
      Map.ofEntries(
          Map.entry(11, "too many of its executors failed"),
          Map.entry(50, "an exception that nobody caught"),
          Map.entry(51, "an exception while one was handled that nobody caught"),
          Map.entry(52, "out of memory"),
          Map.entry(53, "no local directory for its disk store"),
          Map.entry(56, "the driver did not answer its heartbeats"),
          Map.entry(57, "a task that was killed did not stop"),
          Map.entry(58, "the driver did not take its block manager back"),
          Map.entry(101, "the main class was not found"),
          Map.entry(124, "the driver took too long to stop"));

  /**
   * Reads it.
   *
   * @param log the end of the container's log; asked if the termination message does not explain
   */
  Failure read(Supplier<String> log) {
    String told = end.getMessage() == null ? "" : end.getMessage();
    if (NEVER_STARTED.equals(end.getReason())) {
      return failure(
          "the " + who() + " could not be started" + (told.isBlank() ? "" : ": " + told.strip()),
          "The container was never started.");
    }
    // The termination message holds the last two KiB; the exception may be further up.
    String output = explains(told) ? told : withLog(told, log.get());
    String decisive = ExceptionLine.decisive(output);
    Optional<String> jar = ExceptionLine.missingJar(decisive);
    if (jar.isPresent()) {
      return failure(
          jar.get(),
          "The application file is not in the image at that path; check mainApplicationFile.");
    }
    Optional<String> missing = ExceptionLine.missingClass(decisive);
    if (missing.isPresent()) {
      return failure(
          missing.get(),
          "The class is not in the application's jar; check mainClass, and that the jar has what it needs.");
    }
    String line =
        ExceptionLine.of(output).or(this::signal).orElseGet(() -> exitCode() + lastWords(output));
    return failure(line, hint(line));
  }

  /** The message is the end of the log, cut anywhere, unless the application wrote its own. */
  private static String withLog(String told, String log) {
    if (log.contains(told.strip())) {
      return log;
    }
    boolean cut = told.getBytes(StandardCharsets.UTF_8).length >= MESSAGE_LIMIT;
    return log + "\n" + (cut ? told.substring(told.indexOf('\n') + 1) : told);
  }

  private String exitCode() {
    return "the "
        + who()
        + " ended with exit code "
        + end.getExitCode()
        + meaning().map(meaning -> " (Spark's for: " + meaning + ")").orElse("");
  }

  private Optional<String> meaning() {
    return Optional.ofNullable(end.getExitCode()).map(SPARK_EXIT_CODES::get);
  }

  /** They may have nothing to do with it, so they never stand for the reason alone. */
  private static String lastWords(String output) {
    return ExceptionLine.logged(output)
        .map(line -> "; the last exception in its log: " + line)
        .or(() -> ExceptionLine.lastError(output).map(line -> "; its last error: " + line))
        .or(() -> ExceptionLine.lastUnlogged(output).map(line -> "; its last line: " + line))
        .orElse("");
  }

  private static boolean explains(String output) {
    return ExceptionLine.missingJar(output).isPresent()
        || output.contains(ExceptionLine.UNCAUGHT)
        || output.contains("Traceback (most recent call last)");
  }

  private Optional<String> signal() {
    Integer exitCode = end.getExitCode();
    if (exitCode == null || exitCode <= 128 || exitCode > 128 + 64) {
      return Optional.empty();
    }
    int signal = exitCode - 128;
    String name = signal == 9 ? " (KILL)" : signal == 15 ? " (TERM)" : "";
    return Optional.of("the " + who() + "'s process was ended by signal " + signal + name);
  }

  private String hint(String line) {
    if (line.contains("OutOfMemoryError")) {
      return "The heap was too small; raise memory.";
    }
    if (end.getExitCode() != null && end.getExitCode() == 137) {
      return "Something killed the process: often memory; raise memory or memoryOverhead.";
    }
    return meaning()
            .filter(meaning -> !line.contains(meaning))
            .map(meaning -> "Its exit code is Spark's for: " + meaning + ". ")
            .orElse("")
        + (role == Role.DRIVER
            ? "See the driver's log."
            : "See what the driver's log says of this executor, or the executor's own with kubectl"
                + " logs while its pod is there.");
  }

  private String who() {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private Failure failure(String message, @Nullable String hint) {
    return new Failure(
        FailureClass.APPLICATION,
        end.getExitCode(),
        end.getReason() == null ? "Error" : end.getReason(),
        message,
        hint);
  }
}
