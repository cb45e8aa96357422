package io.flintwheel.scheduler.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkLoopTest {

  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(1), Duration.ofMillis(20));

  private final AtomicInteger rounds = new AtomicInteger();
  private WorkLoop loop = new WorkLoop("test", () -> Duration.ofHours(1), BACKOFF);

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void worksAgainWhenItIsWoken() {
    start(
        () -> {
          rounds.incrementAndGet();
          return Duration.ofHours(1);
        });
    await().until(() -> rounds.get() == 1);

    loop.wake();

    await().until(() -> rounds.get() == 2);
  }

  @Test
  void worksAgainWhenRestIsOver() {
    start(
        () -> {
          rounds.incrementAndGet();
          return Duration.ofMillis(1);
        });

    await().until(() -> rounds.get() > 3);
  }

  @Test
  void missesNoWakeWhenItComesDuringARound() {
    start(
        () -> {
          if (rounds.incrementAndGet() == 1) {
            loop.wake();
          }
          return Duration.ofHours(1);
        });

    await().until(() -> rounds.get() == 2);
  }

  @Test
  void repeatsRoundWhenItFails() {
    start(
        () -> {
          if (rounds.incrementAndGet() < 5) {
            throw new IllegalStateException("not yet");
          }
          return Duration.ofHours(1);
        });

    await().until(() -> rounds.get() == 5);
  }

  @Test
  void restsAfterAFailureHoweverOftenItIsWoken() {
    loop =
        new WorkLoop(
            "test",
            () -> {
              rounds.incrementAndGet();
              throw new IllegalStateException("not yet");
            },
            new Backoff(Duration.ofHours(1), Duration.ofHours(1)));
    loop.start();
    await().until(() -> rounds.get() == 1);

    loop.wake();

    await().during(Duration.ofMillis(300)).until(() -> rounds.get() == 1);
  }

  @Test
  void repeatsAndCountsRoundWhenItEndsWithAnError() {
    AtomicInteger failures = new AtomicInteger();
    loop =
        new WorkLoop(
            "test",
            () -> {
              if (rounds.incrementAndGet() < 3) {
                throw new AssertionError("the connection ended in the middle of a batch");
              }
              return Duration.ofHours(1);
            },
            BACKOFF,
            failures::incrementAndGet);

    loop.start();

    await().until(() -> rounds.get() == 3);
    assertThat(failures).hasValue(2);
    assertThat(loop.alive()).isTrue();
  }

  @Test
  void waitsLongerWhenFailuresFollowEachOther() {
    Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

    assertThat(backoff.pause(1)).isBetween(Duration.ofMillis(75), Duration.ofMillis(100));
    assertThat(backoff.pause(3)).isBetween(Duration.ofMillis(300), Duration.ofMillis(400));
    assertThat(backoff.pause(100)).isBetween(Duration.ofMillis(3750), Duration.ofSeconds(5));
  }

  @Test
  void refusesBackoffWhenItIsNone() {
    assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)))
        .hasMessageContaining("0 < first <= most");
  }

  private void start(WorkLoop.Round round) {
    loop = new WorkLoop("test", round, BACKOFF);
    loop.start();
  }
}
