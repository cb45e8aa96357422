package io.flintwheel.submitter.intake;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.jboss.logging.Logger;

/**
 * The partitions that this consumer has, and how far each is done. Used by the poll thread only.
 */
final class PartitionOffsets implements ConsumerRebalanceListener {

  private static final Logger LOG = Logger.getLogger(PartitionOffsets.class);
  private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(5);

  private final Consumer<byte[], byte[]> consumer;
  private final Duration drainTimeout;
  private final Map<TopicPartition, OffsetTracker> trackers = new HashMap<>();

  PartitionOffsets(Consumer<byte[], byte[]> consumer, Duration drainTimeout) {
    this.consumer = consumer;
    this.drainTimeout = drainTimeout;
  }

  OffsetTracker tracker(TopicPartition partition) {
    return trackers.computeIfAbsent(partition, absent -> new OffsetTracker());
  }

  /** Commits what is done; what cannot be committed now is committed later. */
  void commit() {
    Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
    trackers.forEach(
        (partition, tracker) ->
            tracker
                .committable()
                .ifPresent(position -> positions.put(partition, new OffsetAndMetadata(position))));
    if (positions.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(positions, COMMIT_TIMEOUT);
      positions.forEach((partition, position) -> tracker(partition).committed(position.offset()));
    } catch (RetriableException | org.apache.kafka.clients.consumer.CommitFailedException e) {
      LOG.debugf("offsets stay uncommitted for now; cause=%s", e.getMessage());
    }
  }

  /** Stops delivery of partitions in which one request has been stuck for many others. */
  List<TopicPartition> withSpanOver(long limit) {
    return trackers.entrySet().stream()
        .filter(entry -> entry.getValue().span() > limit)
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    partitions.forEach(partition -> trackers.put(partition, new OffsetTracker()));
  }

  /** Lets begun work end, so that the next consumer need not find out what is done. */
  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    drain(partitions);
    try {
      commit();
    } catch (KafkaException e) {
      LOG.debugf("offsets of revoked partitions stay uncommitted; cause=%s", e.getMessage());
    }
    onPartitionsLost(partitions);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      OffsetTracker tracker = trackers.remove(partition);
      if (tracker != null) {
        tracker.revoke();
      }
    }
  }

  void drainAll() {
    drain(List.copyOf(trackers.keySet()));
  }

  void revokeAll() {
    onPartitionsLost(List.copyOf(trackers.keySet()));
  }

  private void drain(Collection<TopicPartition> partitions) {
    long deadline = System.nanoTime() + drainTimeout.toNanos();
    while (partitions.stream().anyMatch(partition -> tracker(partition).unfinishedCount() > 0)
        && System.nanoTime() < deadline) {
      java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }
}
