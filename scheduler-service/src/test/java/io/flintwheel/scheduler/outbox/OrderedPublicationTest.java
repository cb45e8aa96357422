package io.flintwheel.scheduler.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.EventJson;
import io.flintwheel.scheduler.outbox.EventPublisher.UnreachableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OrderedPublicationTest {

  private static final Duration AMPLE = Duration.ofMinutes(1);

  private final List<Long> sent = new ArrayList<>();

  @Test
  void keepsOrderOfEachKeyWhenAllIsWell() {
    OrderedPublication publication =
        new OrderedPublication(
            this::succeed,
            List.of(row(1, "a"), row(2, "a"), row(3, "b")),
            HeldBack.nothing(),
            AMPLE,
            () -> {});

    publication.run();

    assertThat(sent).containsExactly(1L, 3L, 2L);
    assertThat(publication.published()).containsExactlyInAnyOrder(1L, 2L, 3L);
    assertThat(publication.failure()).isEmpty();
  }

  @Test
  void holdsBackRestOfKeyWhenOneOfItsRowsFails() {
    OrderedPublication publication =
        new OrderedPublication(
            row -> row.id() == 1 ? fail(new IllegalStateException("too large")) : succeed(row),
            List.of(row(1, "a"), row(2, "a"), row(3, "b"), row(4, "b")),
            HeldBack.nothing(),
            AMPLE,
            () -> {});

    publication.run();

    assertThat(publication.published()).containsExactly(3L, 4L);
    assertThat(publication.failure()).hasValueSatisfying(f -> assertThat(f).contains("too large"));
  }

  @Test
  void asksTopicOnlyOnceWhenItIsUnreachable() {
    List<Long> asked = new ArrayList<>();
    OrderedPublication publication =
        new OrderedPublication(
            row -> {
              asked.add(row.id());
              return row.topic().equals("gone")
                  ? fail(new UnreachableException(new IllegalStateException("no answer")))
                  : succeed(row);
            },
            List.of(row(1, "a", "gone"), row(2, "b", "gone"), row(3, "c"), row(4, "d", "gone")),
            HeldBack.nothing(),
            AMPLE,
            () -> {});

    publication.run();

    assertThat(asked).containsExactly(1L, 3L);
    assertThat(publication.published()).containsExactly(3L);
    assertThat(publication.failure()).isPresent();
  }

  @Test
  void asksTopicNotAtAllWhenItDidNotAnswerForAnotherShard() {
    OrderedPublication publication =
        new OrderedPublication(
            this::succeed,
            List.of(row(1, "a", "gone"), row(2, "b")),
            new HeldBack(new HashSet<>(Set.of("gone")), new HashSet<>()),
            AMPLE,
            () -> {});

    publication.run();

    assertThat(sent).containsExactly(2L);
    assertThat(publication.failure()).hasValue("gone: does not answer");
  }

  @Test
  @Timeout(30)
  void sendsOtherKeysToTheirEndWhileOneGetsNoAnswer() {
    CompletableFuture<Void> slow = new CompletableFuture<>();
    OrderedPublication publication =
        new OrderedPublication(
            row -> {
              if (row.key().equals("slow")) {
                return slow;
              }
              if (row.id() == 4) {
                slow.completeExceptionally(new UnreachableException(new IllegalStateException()));
              }
              return succeed(row);
            },
            List.of(row(1, "slow"), row(2, "b"), row(3, "b"), row(4, "b"), row(5, "slow")),
            HeldBack.nothing(),
            AMPLE,
            () -> {});

    publication.run();

    assertThat(publication.published()).containsExactly(2L, 3L, 4L);
  }

  @Test
  void leavesLaterRowsOfAKeyForAnotherTimeWhenItTookTooLong() {
    HeldBack heldBack = HeldBack.nothing();
    OrderedPublication publication =
        new OrderedPublication(
            this::succeed,
            List.of(row(1, "a"), row(2, "a"), row(3, "b")),
            heldBack,
            Duration.ZERO,
            () -> {});

    publication.run();

    assertThat(publication.published()).containsExactly(1L, 3L);
    assertThat(publication.failure()).isEmpty();
    assertThat(heldBack.keys()).isEmpty();
  }

  @Test
  @Timeout(30)
  void keepsWhatIsPublishedWhenItsThreadIsInterrupted() {
    OrderedPublication publication =
        new OrderedPublication(
            row -> {
              if (row.key().equals("never")) {
                Thread.currentThread().interrupt();
                return new CompletableFuture<>();
              }
              return succeed(row);
            },
            List.of(row(1, "a"), row(2, "b"), row(3, "never")),
            HeldBack.nothing(),
            AMPLE,
            () -> {});

    publication.run();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(publication.published()).containsExactly(1L, 2L);
    assertThat(publication.failure()).hasValue("interrupted");
  }

  private CompletableFuture<Void> succeed(OutboxRow row) {
    sent.add(row.id());
    return CompletableFuture.completedFuture(null);
  }

  private static CompletableFuture<Void> fail(RuntimeException failure) {
    return CompletableFuture.failedFuture(failure);
  }

  private static OutboxRow row(long id, String key) {
    return row(id, key, "topic");
  }

  private static OutboxRow row(long id, String key, String topic) {
    return new OutboxRow(id, topic, key, EventJson.mapper().createObjectNode(), new byte[0]);
  }
}
