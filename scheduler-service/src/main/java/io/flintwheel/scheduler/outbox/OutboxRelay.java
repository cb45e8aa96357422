package io.flintwheel.scheduler.outbox;

import io.flintwheel.scheduler.database.Database;
import io.flintwheel.scheduler.database.Pulse;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what waits in the outbox, in order per key, until it is published. A crash between
 * Kafka's answer and the commit publishes an event again; its id tells readers that it is the same.
 */
@Singleton
public class OutboxRelay {

  private static final int MOST_BATCH = 10_000;

  /** With the producer's patience this bounds how long a claim and its transaction are kept. */
  private static final Duration LONGEST_SENDING = Duration.ofSeconds(10);

  private final Database database;
  private final Outbox outbox;
  private final EventPublisher publisher;
  private final OutboxConfig config;
  private volatile @Nullable String failure;

  OutboxRelay(Database database, Outbox outbox, EventPublisher publisher, OutboxConfig config) {
    if (config.batchSize() < 1 || config.batchSize() > MOST_BATCH) {
      throw new IllegalArgumentException(
          "flintwheel.outbox.batch-size must be 1 to " + MOST_BATCH + ": " + config.batchSize());
    }
    this.database = database;
    this.outbox = outbox;
    this.publisher = publisher;
    this.config = config;
  }

  /** What one transaction did: shards that have nothing more to send, and what failed first. */
  private record Pass(List<Short> exhausted, @Nullable String failure) {}

  /**
   * Publishes everything that can be, and says how long there is nothing to do.
   *
   * @throws PublishingException when something could not be published; it stays in the outbox
   */
  public Duration round() {
    // Behind the rows that fail there may be others, which are read only without those.
    HeldBack heldBack = HeldBack.nothing();
    Set<Short> exhausted = new HashSet<>();
    String first = null;
    Optional<Pass> pass = publish(exhausted, heldBack);
    while (pass.isPresent() && !Thread.currentThread().isInterrupted()) {
      if (first == null && pass.get().failure() != null) {
        first = pass.get().failure();
        failure = first;
      }
      exhausted.addAll(pass.get().exhausted());
      pass = publish(exhausted, heldBack);
    }
    failure = first;
    if (first != null) {
      throw new PublishingException(first);
    }
    return config.maxSleep();
  }

  /**
   * Sends some of every shard at once: a broker that is slow to fail costs its wait once, not once
   * for each shard. Empty when there is no shard to claim.
   */
  private Optional<Pass> publish(Set<Short> except, HeldBack heldBack) {
    return database.inTransaction(
        connection -> {
          List<Short> shards = outbox.claimShards(connection, except);
          if (shards.isEmpty()) {
            return Optional.empty();
          }
          int share = Math.max(1, config.batchSize() / shards.size());
          List<Short> exhausted = new ArrayList<>();
          List<OutboxRow> rows = new ArrayList<>();
          for (short shard : shards) {
            List<OutboxRow> ofShard = outbox.pending(connection, shard, heldBack, share);
            if (ofShard.isEmpty()) {
              exhausted.add(shard);
            }
            rows.addAll(ofShard);
          }
          OrderedPublication publication =
              new OrderedPublication(
                  publisher, rows, heldBack, LONGEST_SENDING, new Pulse(connection)::beat);
          publication.run();
          outbox.markPublished(connection, publication.published());
          return Optional.of(new Pass(exhausted, publication.failure().orElse(null)));
        });
  }

  /** Why the last round could not publish everything; empty when it could. */
  public Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** Something could not be published; it will be tried again. */
  public static final class PublishingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PublishingException(String message) {
      super(message);
    }
  }
}
