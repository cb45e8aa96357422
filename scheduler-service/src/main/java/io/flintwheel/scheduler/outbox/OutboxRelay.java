package io.flintwheel.scheduler.outbox;

import io.flintwheel.scheduler.database.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what waits in the outbox, in order per key, until it is published. A crash between
 * Kafka's answer and the commit publishes an event again; its id tells readers that it is the same.
 */
@Singleton
public class OutboxRelay {

  private static final int MOST_BATCH = 10_000;

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

  /** What became of one claimed shard. */
  private record Claim(short shard, boolean nothingToSend, @Nullable String failure) {

    boolean setAside() {
      return nothingToSend || failure != null;
    }
  }

  /**
   * Publishes everything that can be, and says how long there is nothing to do.
   *
   * @throws PublishingException when something could not be published; it stays in the outbox
   */
  public Duration round() {
    HeldBack heldBack = HeldBack.nothing();
    Optional<String> first = publishShards(heldBack);
    Optional<String> next = first;
    while (next.isPresent()) {
      // Behind the rows that failed there may be others, which are read only without those.
      failure = first.get();
      next = publishShards(heldBack);
    }
    failure = first.orElse(null);
    if (first.isPresent()) {
      throw new PublishingException(first.get());
    }
    return config.maxSleep();
  }

  /** Goes on with each shard until it is empty or something of it fails; says what failed first. */
  private Optional<String> publishShards(HeldBack heldBack) {
    List<Short> aside = new ArrayList<>();
    String firstFailure = null;
    Optional<Claim> claim = publishShard(aside, heldBack);
    while (claim.isPresent()) {
      if (claim.get().setAside()) {
        aside.add(claim.get().shard());
      }
      if (firstFailure == null && claim.get().failure() != null) {
        firstFailure = claim.get().failure();
        failure = firstFailure;
      }
      claim = publishShard(aside, heldBack);
    }
    return Optional.ofNullable(firstFailure);
  }

  private Optional<Claim> publishShard(List<Short> except, HeldBack heldBack) {
    return database.inTransaction(
        connection -> {
          Optional<Short> shard = outbox.claimShard(connection, except);
          if (shard.isEmpty()) {
            return Optional.empty();
          }
          List<OutboxRow> rows =
              outbox.pending(connection, shard.get(), heldBack, config.batchSize());
          OrderedPublication publication = new OrderedPublication(publisher, rows, heldBack);
          publication.run();
          outbox.markPublished(connection, publication.published());
          return Optional.of(
              new Claim(shard.get(), rows.isEmpty(), publication.failure().orElse(null)));
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
