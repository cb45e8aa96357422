package io.flintwheel.cli.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.flintwheel.events.job.JobId;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RunNamesTest {

  @Property
  void isAlwaysAValidJobId(@ForAll String name, @ForAll long seed) {
    String run = new RunNames(new Random(seed)).newRun(name);

    assertThatCode(() -> JobId.parse(run)).doesNotThrowAnyException();
  }

  @Example
  void keepsTheNameThatItWasGiven() {
    String run = new RunNames(new Random(1)).newRun("spark-pi.yaml");

    assertThat(run).matches("spark-pi-[a-z0-9]{5}");
  }

  /** A suffix such as {@code r9799} would be refused; 7 in 100000 were. */
  @Property(tries = 50_000)
  void neverEndsLikeTheNameOfALaterAttempt(@ForAll long seed) {
    String run = new RunNames(new Random(seed)).newRun("nightly");

    assertThat(run).doesNotMatch(".*-r[0-9]+");
  }

  @Example
  void neverEndsLikeTheNameOfADriver() {
    String run = new RunNames(new Random(1)).newRun("nightly-driver");

    assertThat(run).doesNotEndWith("-driver").startsWith("nightly-driver-");
  }
}
