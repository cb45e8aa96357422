package io.flintwheel.scheduler.outbox;

import io.flintwheel.scheduler.database.Pulse;
import io.flintwheel.scheduler.outbox.EventPublisher.UnreachableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Publishes rows so that a row is sent only when every earlier row of its key is durable: keys side
 * by side, each key one by one, so that one whose broker does not answer delays no other. A key
 * whose row fails is left for another time.
 */
final class OrderedPublication {

  private final EventPublisher publisher;
  private final Map<String, Deque<OutboxRow>> waiting = new LinkedHashMap<>();
  private final HeldBack heldBack;
  private final Duration limit;
  private final Runnable pulse;
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final List<Long> published = new ArrayList<>();
  private int inFlight;
  private @Nullable String failure;

  /** What became of a row that was sent; no failure when it is durable. */
  private record Answer(OutboxRow row, @Nullable Throwable failure) {}

  /**
   * Sends nothing yet.
   *
   * @param heldBack gets what fails; a topic that is in it is not asked
   * @param limit after so long a key's next row is left for another time, so that answers which are
   *     slow to come do not keep the claim of the rows for ever
   * @param pulse run every second or so, so that the claim lives on; ends all by what it throws
   */
  OrderedPublication(
      EventPublisher publisher,
      List<OutboxRow> rows,
      HeldBack heldBack,
      Duration limit,
      Runnable pulse) {
    this.publisher = publisher;
    this.heldBack = heldBack;
    this.limit = limit;
    this.pulse = pulse;
    for (OutboxRow row : rows) {
      waiting.computeIfAbsent(row.key(), key -> new ArrayDeque<>()).add(row);
    }
  }

  /** Returns when nothing is in flight any more, or its thread is interrupted. */
  void run() {
    long begun = System.nanoTime();
    List.copyOf(waiting.keySet()).forEach(this::sendNextOf);
    try {
      while (inFlight > 0) {
        Answer answer = answers.poll(Pulse.INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        pulse.run();
        if (answer == null) {
          continue;
        }
        inFlight--;
        settle(answer);
        if (System.nanoTime() - begun < limit.toNanos()) {
          sendNextOf(answer.row().key());
        }
      }
    } catch (InterruptedException e) {
      // What is known to be durable by now is still marked, so it is not sent again.
      answers.forEach(this::settle);
      failure = "interrupted";
      Thread.currentThread().interrupt();
    }
  }

  private void sendNextOf(String key) {
    Deque<OutboxRow> rows = waiting.get(key);
    if (rows == null || rows.isEmpty()) {
      return;
    }
    OutboxRow row = rows.getFirst();
    if (heldBack.topics().contains(row.topic())) {
      fail(row, "does not answer");
      return;
    }
    CompletableFuture<Void> result = publisher.publish(row);
    pulse.run();
    if (isUnreachable(result)) {
      // It blocked before it failed: each further row of the topic would block as long.
      heldBack.topics().add(row.topic());
    }
    inFlight++;
    var unused = result.whenComplete((nothing, e) -> answers.add(new Answer(row, e)));
  }

  private static boolean isUnreachable(CompletableFuture<Void> result) {
    if (!result.isCompletedExceptionally()) {
      return false;
    }
    try {
      result.join();
      return false;
    } catch (CompletionException e) {
      return e.getCause() instanceof UnreachableException;
    }
  }

  private void settle(Answer answer) {
    OutboxRow row = answer.row();
    if (answer.failure() != null) {
      fail(row, String.valueOf(answer.failure()));
      return;
    }
    published.add(row.id());
    Deque<OutboxRow> rows = waiting.get(row.key());
    if (rows != null) {
      rows.removeFirst();
    }
  }

  private void fail(OutboxRow row, String reason) {
    waiting.remove(row.key());
    heldBack.keys().add(row.key());
    if (failure == null) {
      failure = row.topic() + ": " + reason;
    }
  }

  /** The ids of the rows that are durable. */
  List<Long> published() {
    return published;
  }

  /** Why something could not be published, if so. */
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }
}
