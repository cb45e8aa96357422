package io.flintwheel.scheduler.outbox;

import io.flintwheel.scheduler.database.Database;
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
  private record Claim(short shard, @Nullable String failure) {}

  /**
   * Publishes everything that can be, and says how long there is nothing to do.
   *
   * @throws PublishingException when something could not be published; it stays in the outbox
   */
  public Duration round() {
    List<Short> failed = new ArrayList<>();
    Set<String> unreachableTopics = new HashSet<>();
    String firstFailure = null;
    Optional<Claim> claim = publishShard(failed, unreachableTopics);
    while (claim.isPresent()) {
      String reason = claim.get().failure();
      if (reason != null) {
        failed.add(claim.get().shard());
        firstFailure = firstFailure == null ? reason : firstFailure;
        failure = firstFailure;
      }
      claim = publishShard(failed, unreachableTopics);
    }
    failure = firstFailure;
    if (firstFailure != null) {
      throw new PublishingException(firstFailure);
    }
    return config.maxSleep();
  }

  private Optional<Claim> publishShard(List<Short> except, Set<String> unreachableTopics) {
    return database.inTransaction(
        connection -> {
          Optional<Short> shard = outbox.claimShard(connection, except);
          if (shard.isEmpty()) {
            return Optional.empty();
          }
          OrderedPublication publication =
              new OrderedPublication(
                  publisher,
                  outbox.pending(connection, shard.get(), config.batchSize()),
                  unreachableTopics);
          publication.run();
          outbox.markPublished(connection, publication.published());
          return Optional.of(new Claim(shard.get(), publication.failure().orElse(null)));
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
