package io.flintwheel.status.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DependencyTest {

  private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(1);
  private final CountDownLatch never = new CountDownLatch(1);

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  @Test
  void isDownWhileItsAnswerDoesNotCome() {
    AtomicInteger questions = new AtomicInteger();
    Dependency hanging =
        new Dependency(
            "x",
            () -> {
              if (questions.incrementAndGet() > 1) {
                never.await();
              }
              return true;
            });

    hanging.watch(executor);

    await().until(() -> hanging.response().getStatus() == Status.UP);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> hanging.response().getStatus() == Status.DOWN);
    assertThat(hanging.response().getData().orElseThrow().get("reason"))
        .asString()
        .contains("no answer");
  }
}
