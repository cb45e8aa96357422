package io.flintwheel.submitter.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens when partitions go to another consumer, or the service stops. */
class PartitionOffsetsTest {

  private static final TopicPartition PARTITION = new TopicPartition("requests", 0);

  /** So long that a test which waits for it does not end. */
  private static final Duration FOR_EVER = Duration.ofDays(1);

  private boolean confirms = true;
  private final MockConsumer<byte[], byte[]> consumer =
      new MockConsumer<>("earliest") {
        @Override
        public synchronized void commitAsync(
            Map<TopicPartition, OffsetAndMetadata> positions, OffsetCommitCallback told) {
          if (confirms) {
            super.commitAsync(positions, told);
          } else {
            told.onComplete(positions, new CommitFailedException());
          }
        }
      };
  private final Membership membership = new Membership();
  private final PartitionOffsets offsets = new PartitionOffsets(consumer, FOR_EVER, membership);
  private OffsetTracker tracker;

  @BeforeEach
  void threeRecordsDelivered() {
    consumer.assign(List.of(PARTITION));
    offsets.onPartitionsAssigned(List.of(PARTITION));
    tracker = offsets.of(PARTITION).offsets();
    tracker.delivered(0);
    tracker.delivered(1);
    tracker.delivered(2);
  }

  @Test
  void isNoCertainMemberBeforeTheBrokerHasConfirmedIt() {
    boolean certain = membership.isCertain();

    assertThat(certain).isFalse();
  }

  @Test
  void asksTheBrokerToConfirmItsMembershipAlthoughNothingIsDone() {
    offsets.commit();

    assertThat(membership.isCertain()).isTrue();
    assertThat(consumer.committed(Set.of(PARTITION)).get(PARTITION).offset()).isZero();
  }

  @Test
  void asksSoTooWhenNoRecordWasEverDelivered() {
    consumer.updateBeginningOffsets(Map.of(PARTITION, 7L));
    consumer.seek(PARTITION, 7);
    offsets.onPartitionsAssigned(List.of(PARTITION));

    offsets.commit();

    assertThat(membership.isCertain()).isTrue();
    assertThat(consumer.committed(Set.of(PARTITION)).get(PARTITION).offset()).isEqualTo(7);
  }

  @Test
  void isNoCertainMemberWhenTheBrokerDoesNotConfirmIt() {
    confirms = false;
    offsets.commit();

    boolean certain = membership.isCertain();

    assertThat(certain).isFalse();
  }

  @Test
  void waitsForWhatIsUnderWayAndCommitsIt() {
    tracker.begin();
    Thread worker =
        new Thread(
            () -> {
              while (!tracker.isRevoked()) {
                Thread.onSpinWait();
              }
              tracker.finished(0);
              tracker.end();
            });
    worker.start();

    offsets.onPartitionsRevoked(List.of(PARTITION));

    assertThat(consumer.committed(Set.of(PARTITION)).get(PARTITION).offset()).isEqualTo(1);
  }

  @Test
  void doesNotWaitForWhatIsTriedAgainLater() {
    tracker.begin();
    tracker.end();
    tracker.finished(0);

    offsets.onPartitionsRevoked(List.of(PARTITION));

    assertThat(consumer.committed(Set.of(PARTITION)).get(PARTITION).offset()).isEqualTo(1);
  }

  @Test
  void beginsNothingOnceThePartitionIsGivenAway() {
    offsets.onPartitionsRevoked(List.of(PARTITION));

    boolean begun = tracker.begin();

    assertThat(begun).isFalse();
  }
}
