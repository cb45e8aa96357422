package io.flintwheel.submitter.intake;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;

/**
 * The partitions that this consumer has, and how far each is done. Used by the poll thread only.
 */
final class PartitionOffsets implements ConsumerRebalanceListener {

  private static final Logger LOG = Logger.getLogger(PartitionOffsets.class);
  private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration POSITION_TIMEOUT = Duration.ofMillis(100);

  /** What is known of a partition from its assignment to its revocation. */
  record Progress(OffsetTracker offsets, Postponed postponed) {}

  private final Consumer<byte[], byte[]> consumer;
  private final Duration drainTimeout;
  private final Membership membership;
  private final Map<TopicPartition, Progress> partitions = new HashMap<>();
  private boolean committing;
  private long asked = System.nanoTime() - Membership.SESSION.toNanos();

  PartitionOffsets(
      Consumer<byte[], byte[]> consumer, Duration drainTimeout, Membership membership) {
    this.consumer = consumer;
    this.drainTimeout = drainTimeout;
    this.membership = membership;
  }

  Progress of(TopicPartition partition) {
    return partitions.computeIfAbsent(partition, absent -> fresh());
  }

  /**
   * To be asked with each record that is read. An earlier one than the last, without a seek of
   * ours, is of a topic that was made anew or cut: what is known of the partition is about other
   * records.
   */
  Progress at(TopicPartition partition, long offset) {
    if (!of(partition).offsets().read(offset)) {
      LOG.warnf(
          "a partition goes on at an earlier place and is taken as new, its topic was made anew or"
              + " cut; topic=%s partition=%d offset=%d",
          partition.topic(), partition.partition(), offset);
      drain(List.of(partition));
      partitions.put(partition, fresh());
      of(partition).offsets().read(offset);
    }
    return of(partition);
  }

  void forEach(BiConsumer<TopicPartition, Progress> action) {
    partitions.forEach(action);
  }

  /**
   * Commits what is done, without waiting: the next request is not to wait for it. What cannot be
   * committed now is committed later. When there is nothing new, something known is committed again
   * now and then: only a member may, so it tells that this consumer still is one.
   */
  void commit() {
    Map<TopicPartition, OffsetAndMetadata> positions = committing ? Map.of() : committable();
    long now = System.nanoTime();
    if (!committing && positions.isEmpty() && now - asked > Membership.RENEWAL.toNanos()) {
      positions = known();
    }
    if (!positions.isEmpty()) {
      commit(positions, now);
    }
  }

  private void commit(Map<TopicPartition, OffsetAndMetadata> positions, long now) {
    committing = true;
    asked = now;
    Map<TopicPartition, Progress> theirs = Map.copyOf(partitions);
    consumer.commitAsync(
        positions,
        (told, failure) -> {
          committing = false;
          if (failure == null) {
            membership.confirmed(now);
            committed(positions, theirs);
          } else {
            LOG.debugf("offsets stay uncommitted for now; cause=%s", failure.getMessage());
          }
        });
  }

  /** The position of any partition that nothing can be wrong with. */
  private Map<TopicPartition, OffsetAndMetadata> known() {
    for (Map.Entry<TopicPartition, Progress> each : partitions.entrySet()) {
      OptionalLong committed = each.getValue().offsets().committed();
      if (committed.isPresent()) {
        return Map.of(each.getKey(), new OffsetAndMetadata(committed.getAsLong()));
      }
    }
    // Of a partition that has given us nothing, whatever is before our position is done.
    return partitions.keySet().stream()
        .filter(partition -> consumer.assignment().contains(partition))
        .findFirst()
        .map(this::position)
        .orElse(Map.of());
  }

  private Map<TopicPartition, OffsetAndMetadata> position(TopicPartition partition) {
    try {
      return Map.of(
          partition, new OffsetAndMetadata(consumer.position(partition, POSITION_TIMEOUT)));
    } catch (TimeoutException e) {
      return Map.of(); // The broker is away, and cannot confirm anything either.
    }
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
    assigned.forEach(partition -> partitions.put(partition, fresh()));
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
    drain(revoked);
    try {
      Map<TopicPartition, OffsetAndMetadata> positions = committable();
      consumer.commitSync(positions, COMMIT_TIMEOUT);
      committed(positions, partitions);
    } catch (KafkaException e) {
      LOG.debugf("offsets of revoked partitions stay uncommitted; cause=%s", e.getMessage());
    }
    onPartitionsLost(revoked);
  }

  /** Lets what is begun end and begins nothing more; what has not ended is done again elsewhere. */
  private void drain(Collection<TopicPartition> leaving) {
    leaving.forEach(partition -> of(partition).offsets().revoke());
    long deadline = System.nanoTime() + drainTimeout.toNanos();
    while (leaving.stream().anyMatch(partition -> of(partition).offsets().running() > 0)
        && System.nanoTime() < deadline) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
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

  /** As {@link #giveBackAll}, of a consumer that failed and is not asked to commit any more. */
  void abandonAll() {
    List<TopicPartition> all = List.copyOf(partitions.keySet());
    drain(all);
    onPartitionsLost(all);
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

  /** The progress is that of the time of asking; another assignment may have begun since. */
  private static void committed(
      Map<TopicPartition, OffsetAndMetadata> positions, Map<TopicPartition, Progress> theirs) {
    positions.forEach(
        (partition, position) -> {
          Progress progress = theirs.get(partition);
          if (progress != null) {
            progress.offsets().committed(position.offset());
          }
        });
  }

  private static Progress fresh() {
    return new Progress(new OffsetTracker(), new Postponed());
  }
}
