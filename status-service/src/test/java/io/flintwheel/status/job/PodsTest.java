package io.flintwheel.status.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.job.PodRef;
import org.junit.jupiter.api.Test;

class PodsTest {

  private static final PodRef WAITED = PodRef.of("pi-driver", "z");
  private static final PodRef RAN = new PodRef("pi-driver", "a", "10.0.0.7", "node-1");

  @Test
  void takesTheDriverThatHadAnAddressWhicheverIsToldFirst() {
    PodRef told = Pods.merge(WAITED, RAN);

    assertThat(told).isEqualTo(RAN).isEqualTo(Pods.merge(RAN, WAITED));
  }

  @Test
  void takesTheSameOfTwoThatAreAlikeWhicheverIsToldFirst() {
    PodRef other = PodRef.of("pi-driver", "y");

    PodRef told = Pods.merge(WAITED, other);

    assertThat(told).isEqualTo(WAITED).isEqualTo(Pods.merge(other, WAITED));
  }

  @Test
  void putsTogetherWhatIsKnownOfOne() {
    PodRef told = Pods.merge(PodRef.of("pi-driver", "a"), RAN);

    assertThat(told).isEqualTo(RAN);
  }
}
