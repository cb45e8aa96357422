package io.flintwheel.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the README submits, read from where it lies. */
class ExamplesIT {

  private static final Path EXAMPLES = Path.of(System.getProperty("flintwheel.root"), "examples");

  private final Submissions submissions =
      new Submissions(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), new RunNames(new Random(1)));

  @ParameterizedTest
  @ValueSource(strings = {"spark-pi.yaml", "spark-pi.json", "spark-pi.cloudevent.json"})
  void areSubmittedWithoutAWarning(String name) {
    List<Submission> made = submissions.of(JobFile.read(EXAMPLES.resolve(name)), Optional.empty());

    assertThat(made).singleElement().satisfies(job -> assertThat(job.warnings()).isEmpty());
  }
}
