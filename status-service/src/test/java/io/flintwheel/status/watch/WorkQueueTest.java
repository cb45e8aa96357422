package io.flintwheel.status.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WorkQueueTest {

  @Test
  void looksOnceAgainAtAKeyThatWasAddedOftenMeanwhile() {
    CountDownLatch gate = new CountDownLatch(1);
    AtomicInteger looks = new AtomicInteger();
    try (WorkQueue queue =
        new WorkQueue(
            4,
            key -> {
              looks.incrementAndGet();
              pass(gate);
              return Optional.empty();
            })) {
      queue.add("a");
      await().until(() -> looks.get() == 1);
      for (int i = 0; i < 10; i++) {
        queue.add("a");
      }

      gate.countDown();

      await().during(Duration.ofMillis(300)).until(() -> looks.get() == 2);
    }
  }

  @Test
  void looksAtOneKeyWithOneWorkerAtATime() {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger looks = new AtomicInteger();
    try (WorkQueue queue =
        new WorkQueue(
            4,
            key -> {
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              inside.decrementAndGet();
              looks.incrementAndGet();
              return Optional.empty();
            })) {

      for (int i = 0; i < 2_000; i++) {
        queue.add("a");
      }

      await().until(() -> looks.get() > 0);
      assertThat(most.get()).isEqualTo(1);
    }
  }

  @Test
  void comesBackToAKeyWhenTheWorkAsksForIt() {
    AtomicInteger looks = new AtomicInteger();
    try (WorkQueue queue =
        new WorkQueue(
            1,
            key ->
                looks.incrementAndGet() < 3
                    ? Optional.of(Duration.ofMillis(10))
                    : Optional.empty())) {

      queue.add("a");

      await().during(Duration.ofMillis(200)).until(() -> looks.get() == 3);
    }
  }

  static Stream<Throwable> failures() {
    return Stream.of(new IllegalStateException("for once"), new StackOverflowError());
  }

  @ParameterizedTest
  @MethodSource("failures")
  void goesOnAfterWorkThatFails(Throwable failure) {
    List<String> seen = new CopyOnWriteArrayList<>();
    try (WorkQueue queue =
        new WorkQueue(
            1,
            key -> {
              seen.add(key);
              if (key.equals("bad") && seen.size() == 1) {
                throwIt(failure);
              }
              return Optional.empty();
            })) {

      queue.add("bad");
      queue.add("good");

      await().until(() -> seen.equals(List.of("bad", "good", "bad")));
    }
  }

  private static void throwIt(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }

  private static void pass(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
