package io.flintwheel.local.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogRequestTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");

  @Test
  void readsWhatKubectlSends() {
    LogRequest request =
        LogRequest.parse(
            "follow=true&tailLines=10&limitBytes=99&sinceSeconds=60&timestamps=true", NOW);

    assertThat(request.follow()).isTrue();
    assertThat(request.tailLines()).hasValue(10);
    assertThat(request.limitBytes()).hasValue(99);
    assertThat(request.since()).contains(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(request.timestamps()).isTrue();
    assertThat(request.previous()).isFalse();
  }

  @Test
  void asksForTheWholeLogWithoutParameters() {
    LogRequest request = LogRequest.parse(null, NOW);

    assertThat(request.tailLines()).isEmpty();
    assertThat(request.since()).isEmpty();
    assertThat(request.follow()).isFalse();
  }

  @Test
  void namesTheParameterThatIsWrong() {
    assertThatThrownBy(() -> LogRequest.parse("tailLines=-1", NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tailLines is \"-1\": at least 0");
  }
}
