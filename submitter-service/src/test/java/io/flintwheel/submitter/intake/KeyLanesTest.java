package io.flintwheel.submitter.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyLanesTest {

  private final ExecutorService workers = Executors.newFixedThreadPool(2);
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final KeyLanes<String> lanes = new KeyLanes<>(timer);
  private final List<String> done = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void stop() {
    workers.shutdownNow();
    timer.shutdownNow();
  }

  @Test
  void keepsTheOrderWithinAKey() {
    for (int i = 0; i < 100; i++) {
      String name = "a" + i;
      lanes.add("a", workers, () -> finish(name));
    }

    await().atMost(Duration.ofMinutes(1)).until(() -> done.size() == 100);

    assertThat(done).isSortedAccordingTo(java.util.Comparator.comparing(String::length));
    assertThat(done).element(99).isEqualTo("a99");
  }

  @Test
  void letsOtherKeysPassATaskThatWaits() {
    CountDownLatch go = new CountDownLatch(1);
    for (String key : List.of("stuck1", "stuck2", "stuck3")) {
      lanes.add(
          key, workers, () -> go.getCount() > 0 ? Optional.of(Duration.ofMillis(5)) : finish(key));
    }
    lanes.add("free", workers, () -> finish("free"));

    await().atMost(Duration.ofMinutes(1)).until(() -> done.contains("free"));

    assertThat(done).containsExactly("free");
    go.countDown();
    await().atMost(Duration.ofMinutes(1)).until(() -> done.size() == 4);
  }

  @Test
  void keepsTheOrderWhileTheFirstIsTriedAgain() {
    AtomicInteger tries = new AtomicInteger();
    lanes.add(
        "a",
        workers,
        () -> tries.incrementAndGet() < 4 ? Optional.of(Duration.ofMillis(2)) : finish("first"));
    lanes.add("a", workers, () -> finish("second"));

    await().atMost(Duration.ofMinutes(1)).until(() -> done.size() == 2);

    assertThat(done).containsExactly("first", "second");
  }

  private Optional<Duration> finish(String name) {
    done.add(name);
    return Optional.empty();
  }
}
