package io.flintwheel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * What a service spends from a moment on. One that tries again without a pause takes a processor
 * for itself, or writes a line for every try; one that waits does neither.
 */
final class Effort {

  /** Of one processor: far above what waiting costs, far below a loop that never pauses. */
  private static final double MOST_PROCESSOR = 0.3;

  private static final int MOST_LINES_A_SECOND = 20;

  private final ServiceProcess service;
  private final Instant since;
  private final Duration processorBefore;
  private final long linesBefore;

  private Effort(ServiceProcess service) {
    this.service = service;
    this.since = Instant.now();
    this.processorBefore = processorTime(service);
    this.linesBefore = lines(service);
  }

  static Effort from(ServiceProcess service) {
    return new Effort(service);
  }

  void assertThatItWaits() {
    double seconds = Duration.between(since, Instant.now()).toMillis() / 1000.0;
    double processor = processorTime(service).minus(processorBefore).toMillis() / 1000.0 / seconds;
    double lines = (lines(service) - linesBefore) / seconds;

    assertThat(processor)
        .as("processors that %s took while it could only wait", service.service().module())
        .isLessThan(MOST_PROCESSOR);
    assertThat(lines).as("lines a second in %s", service.log()).isLessThan(MOST_LINES_A_SECOND);
  }

  private static Duration processorTime(ServiceProcess service) {
    return ProcessHandle.of(service.pid())
        .flatMap(process -> process.info().totalCpuDuration())
        .orElseThrow();
  }

  private static long lines(ServiceProcess service) {
    try (Stream<String> lines = Files.lines(service.log())) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + service.log(), e);
    }
  }
}
