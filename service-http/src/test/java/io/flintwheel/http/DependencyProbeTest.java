package io.flintwheel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DependencyProbeTest {

  private static final Duration PERIOD = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private @Nullable DependencyProbe probe;

  @AfterEach
  void stop() {
    if (probe != null) {
      probe.close();
    }
  }

  @Test
  void isDownUntilItHasAsked() {
    probe = new DependencyProbe("kafka", Map::of);

    HealthCheckResponse response = probe.response();

    assertThat(response.getStatus()).isEqualTo(Status.DOWN);
    assertThat(response.getData().orElseThrow()).containsEntry("reason", "not asked yet");
  }

  @Test
  void tellsWhatAnOperatorShouldKnowAlthoughItIsUp() {
    probe = started(() -> Map.of("refused in other", "pods is forbidden"));

    await().until(probe::isUp);

    assertThat(probe.response().getData().orElseThrow())
        .containsOnly(Map.entry("refused in other", "pods is forbidden"));
  }

  @Test
  void tellsTheRootOfAFailureAndAsksAgain() {
    AtomicInteger questions = new AtomicInteger();
    probe =
        started(
            () -> {
              if (questions.incrementAndGet() % 2 == 1) {
                throw new IllegalStateException("outermost", new IllegalStateException("root"));
              }
              return Map.of();
            });

    await().until(() -> probe.trouble().equals(Optional.of("root")));

    await().until(probe::isUp);
  }

  @Test
  void asksAgainAfterAnError() {
    AtomicInteger questions = new AtomicInteger();
    probe =
        started(
            () -> {
              if (questions.incrementAndGet() == 1) {
                throw new NoClassDefFoundError("a test");
              }
              return Map.of();
            });

    await().until(probe::isUp);

    assertThat(questions.get()).isGreaterThan(1);
  }

  @Test
  void isDownWhileItsAnswerDoesNotCome() {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger questions = new AtomicInteger();
    probe =
        started(
            () -> {
              if (questions.incrementAndGet() > 1) {
                never.await();
              }
              return Map.of();
            });
    await().until(probe::isUp);

    await().until(() -> !probe.isUp());

    assertThat(probe.response().getData().orElseThrow().get("reason"))
        .asString()
        .startsWith("no answer for");
  }

  private static DependencyProbe started(DependencyProbe.Question question) {
    DependencyProbe probe = new DependencyProbe("kafka", question, PERIOD, PATIENCE);
    probe.start();
    return probe;
  }
}
