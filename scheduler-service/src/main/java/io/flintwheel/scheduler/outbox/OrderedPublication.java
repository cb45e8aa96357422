package io.flintwheel.scheduler.outbox;

import io.flintwheel.scheduler.outbox.EventPublisher.UnreachableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes rows so that a row is sent only when every earlier row of its key is durable: keys side
 * by side, each key one by one. A key whose row fails is left for another time, the others go on.
 */
final class OrderedPublication {

  private final EventPublisher publisher;
  private final Map<String, Deque<OutboxRow>> waiting = new LinkedHashMap<>();
  private final HeldBack heldBack;
  private final List<Long> published = new ArrayList<>();
  private @Nullable String failure;

  /**
   * Sends nothing yet.
   *
   * @param heldBack gets what fails; a topic that is in it is not asked
   */
  OrderedPublication(EventPublisher publisher, List<OutboxRow> rows, HeldBack heldBack) {
    this.publisher = publisher;
    this.heldBack = heldBack;
    for (OutboxRow row : rows) {
      waiting.computeIfAbsent(row.key(), key -> new ArrayDeque<>()).add(row);
    }
  }

  void run() {
    while (!waiting.isEmpty()) {
      wave();
    }
  }

  private void wave() {
    Map<OutboxRow, CompletableFuture<Void>> sent = new LinkedHashMap<>();
    for (Deque<OutboxRow> rows : List.copyOf(waiting.values())) {
      OutboxRow row = rows.getFirst();
      if (heldBack.topics().contains(row.topic())) {
        fail(row, "does not answer");
        continue;
      }
      CompletableFuture<Void> result = publisher.publish(row);
      if (isUnreachable(result)) {
        // It blocked before it failed: each further row of the topic would block as long.
        heldBack.topics().add(row.topic());
      }
      sent.put(row, result);
    }
    sent.forEach(this::settle);
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

  private void settle(OutboxRow row, CompletableFuture<Void> result) {
    try {
      result.join();
      published.add(row.id());
      Deque<OutboxRow> rows = waiting.get(row.key());
      if (rows != null) {
        rows.removeFirst();
        if (rows.isEmpty()) {
          waiting.remove(row.key());
        }
      }
    } catch (CompletionException e) {
      fail(row, String.valueOf(e.getCause()));
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
