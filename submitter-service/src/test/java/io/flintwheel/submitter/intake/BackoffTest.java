package io.flintwheel.submitter.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

  @Property
  void growsToItsLimitAndIsNeverNothing(@ForAll @IntRange(min = 1, max = 1_000_000) int tries) {
    Duration wait = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5)).after(tries);

    assertThat(wait)
        .isGreaterThanOrEqualTo(Duration.ofMillis(50))
        .isLessThanOrEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @CsvSource({"PT0S, PT5S", "PT-1S, PT5S", "PT0.0009S, PT5S", "PT6S, PT5S"})
  void refusesWaitsThatWouldBeABusyLoopOrNotGrow(Duration first, Duration limit) {
    assertThatThrownBy(() -> new Backoff(first, limit))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("first-retry and longest-retry");
  }
}
