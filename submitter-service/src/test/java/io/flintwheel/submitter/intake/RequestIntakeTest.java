package io.flintwheel.submitter.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The thread that takes requests: it restarts, or readiness says that it is gone. */
class RequestIntakeTest {

  private static final Intakes.Limits LIMITS = new Intakes.Limits(1, 1, Duration.ofSeconds(1));

  private static final Pattern AGAIN_AND_AGAIN =
      Pattern.compile("it failed ([2-9]|\\d{2,}) times and starts again: .*");

  private final Intakes intakes = new Intakes();

  @AfterEach
  void stop() throws Exception {
    intakes.close();
  }

  @Test
  void startsAgainAfterAnErrorThatNobodyForesaw() {
    AtomicInteger starts = new AtomicInteger();

    RequestIntake intake =
        intakes.start(
            LIMITS,
            () -> {
              if (starts.incrementAndGet() < 3) {
                throw new NoClassDefFoundError("a test");
              }
              return new MockConsumer<>("earliest");
            });

    await().atMost(Duration.ofMinutes(1)).until(() -> intake.trouble().isEmpty());
    assertThat(starts).hasValue(3);
    assertThat(new IntakeReadiness(intake, () -> true).call().getStatus())
        .isEqualTo(HealthCheckResponse.Status.UP);
  }

  @Test
  void isDownWithItsNameWhileItFails() {
    RequestIntake intake =
        intakes.start(
            LIMITS,
            () -> {
              throw new InternalError("a test");
            });

    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> intake.trouble().filter(AGAIN_AND_AGAIN.asMatchPredicate()).isPresent());

    HealthCheckResponse told = new IntakeReadiness(intake, () -> true).call();
    assertThat(told.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
    assertThat(told.getName()).isEqualTo("intake");
    assertThat(told.getData()).hasValueSatisfying(data -> assertThat(data).containsKey("reason"));
  }

  /** Its broker is nowhere, so its past stays unknown. */
  @Test
  void isDownOnceTheBrokerAnswersUntilItHasReadThePast() {
    AtomicBoolean answers = new AtomicBoolean();
    IntakeReadiness readiness = new IntakeReadiness(intakes.startUnread(LIMITS), answers::get);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> readiness.call().getStatus() == HealthCheckResponse.Status.UP);

    answers.set(true);

    assertThat(readiness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
  }

  @Test
  void endsWithoutWaitingForItsNextStart() throws Exception {
    Duration ages = Duration.ofHours(1);
    AtomicReference<Thread> thread = new AtomicReference<>();
    intakes.start(
        new Intakes.Limits(1, 1, Duration.ofSeconds(1), new Backoff(ages, ages)),
        () -> {
          thread.set(Thread.currentThread());
          throw new InternalError("a test");
        });
    await().atMost(Duration.ofMinutes(1)).until(() -> thread.get() != null);

    intakes.close();

    assertThat(thread.get().isAlive()).isFalse();
  }

  @Test
  void doesNotStartWhenItCouldNotWaitForACallThatIsUnderWay() {
    RequestIntake intake =
        intakes.intake("localhost:1", new Intakes.Limits(1, 1, Duration.ofMillis(999)));

    assertThatThrownBy(() -> intake.start(new StartupEvent()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("drain-timeout is PT0.999S and must be at least PT1S");
  }
}
