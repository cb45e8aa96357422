package io.flintwheel.submitter.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BackoffTest {

  @Property
  void growsToItsLimitAndIsNeverNothing(@ForAll @IntRange(min = 1, max = 1_000_000) int tries) {
    Duration wait = Backoff.upTo(Duration.ofSeconds(5)).after(tries);

    assertThat(wait)
        .isGreaterThanOrEqualTo(Duration.ofMillis(50))
        .isLessThanOrEqualTo(Duration.ofSeconds(5));
  }
}
