package io.flintwheel.submitter.intake;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * The partitions that this consumer has, and how far each is done. Used by the poll thread only.
 */
final class PartitionOffsets implements ConsumerRebalanceListener {

  private static final Logger LOG = Logger.getLogger(PartitionOffsets.class);
  private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(5);

  /** What is known of a partition from its assignment to its revocation. */
  record Progress(OffsetTracker offsets, Postponed postponed) {}

  private final Consumer<byte[], byte[]> consumer;
  private final Duration drainTimeout;
  private final Map<TopicPartition, Progress> partitions = new HashMap<>();
  private boolean committing;

  PartitionOffsets(Consumer<byte[], byte[]> consumer, Duration drainTimeout) {
    this.consumer = consumer;
    this.drainTimeout = drainTimeout;
  }

  Progress of(TopicPartition partition) {
    return partitions.computeIfAbsent(partition, absent -> fresh());
  }

  void forEach(BiConsumer<TopicPartition, Progress> action) {
    partitions.forEach(action);
  }

  /**
   * Commits what is done, without waiting: the next request is not to wait for it. What cannot be
   * committed now is committed later.
   */
  void commit() {
    Map<TopicPartition, OffsetAndMetadata> positions = committing ? Map.of() : committable();
    if (!positions.isEmpty()) {
      committing = true;
      consumer.commitAsync(
          positions,
          (told, failure) -> {
            committing = false;
            if (failure == null) {
              committed(positions);
            } else {
              LOG.debugf("offsets stay uncommitted for now; cause=%s", failure.getMessage());
            }
          });
    }
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
    assigned.forEach(partition -> partitions.put(partition, fresh()));
  }

  /** Lets what is begun end and begins nothing more; what has not ended is done again elsewhere. */
  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
    revoked.forEach(partition -> of(partition).offsets().revoke());
    long deadline = System.nanoTime() + drainTimeout.toNanos();
    while (revoked.stream().anyMatch(partition -> of(partition).offsets().running() > 0)
        && System.nanoTime() < deadline) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    try {
      Map<TopicPartition, OffsetAndMetadata> positions = committable();
      consumer.commitSync(positions, COMMIT_TIMEOUT);
      committed(positions);
    } catch (KafkaException e) {
      LOG.debugf("offsets of revoked partitions stay uncommitted; cause=%s", e.getMessage());
    }
    onPartitionsLost(revoked);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> lost) {
    for (TopicPartition partition : lost) {
      Progress progress = partitions.remove(partition);
      if (progress != null) {
        progress.offsets().revoke();
      }
    }
  }

  void giveBackAll() {
    onPartitionsRevoked(List.copyOf(partitions.keySet()));
  }

  void revokeAll() {
    onPartitionsLost(List.copyOf(partitions.keySet()));
  }

  private Map<TopicPartition, OffsetAndMetadata> committable() {
    Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
    partitions.forEach(
        (partition, progress) ->
            progress
                .offsets()
                .committable()
                .ifPresent(position -> positions.put(partition, new OffsetAndMetadata(position))));
    return positions;
  }

  private void committed(Map<TopicPartition, OffsetAndMetadata> positions) {
    positions.forEach(
        (partition, position) -> {
          Progress progress = partitions.get(partition);
          if (progress != null) {
            progress.offsets().committed(position.offset());
          }
        });
  }

  private static Progress fresh() {
    return new Progress(new OffsetTracker(), new Postponed());
  }
}
