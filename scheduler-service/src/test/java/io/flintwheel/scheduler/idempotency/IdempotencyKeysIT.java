package io.flintwheel.scheduler.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flintwheel.scheduler.SchedulerDatabase;
import io.flintwheel.scheduler.idempotency.IdempotencyKeys.KeyReusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IdempotencyKeysIT {

  private static final Optional<String> KEY = Optional.of("k");

  private final SchedulerDatabase database = SchedulerDatabase.create("idempotency");
  private final IdempotencyKeys keys = new IdempotencyKeys(database.connect());
  private final AtomicInteger done = new AtomicInteger();

  @Test
  void worksOnceWhenManySendOneKeyAtOnce() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(8);
    List<Future<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      answers.add(clients.submit(() -> work("body")));
    }

    for (Future<Answer> answer : answers) {
      assertThat(answer.get()).isEqualTo(new Answer(201, "1", "\"1\""));
    }
    clients.shutdown();
    assertThat(done).hasValue(1);
  }

  @Test
  void refusesWhenKeyComesWithAnotherBody() {
    work("body");

    assertThatThrownBy(() -> work("other")).isInstanceOf(KeyReusedException.class);
  }

  @Test
  void leavesKeyFreeWhenWorkFails() {
    assertThatThrownBy(
            () ->
                keys.once(
                    KEY,
                    "body",
                    connection -> {
                      throw new IllegalStateException("refused");
                    }))
        .hasMessage("refused");

    assertThat(work("other")).isEqualTo(new Answer(201, "1", "\"1\""));
  }

  @Test
  void worksEachTimeWhenThereIsNoKey() {
    keys.once(Optional.empty(), "body", connection -> answer());
    keys.once(Optional.empty(), "body", connection -> answer());

    assertThat(done).hasValue(2);
  }

  private Answer work(String body) {
    return keys.once(KEY, body, connection -> answer());
  }

  private Answer answer() {
    return new Answer(201, String.valueOf(done.incrementAndGet()), "\"1\"");
  }
}
