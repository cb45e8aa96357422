package io.flintwheel.submitter.intake;

import io.flintwheel.submitter.kubernetes.ClusterRefusalException;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One try to handle a record.
 *
 * @param refusals how often Kubernetes has refused it before, since it last did not answer
 * @param sinceFirst how long ago it refused it first; nothing when it has not
 * @param patience how long refusals are not believed
 * @param hold of the record's partition
 */
record Delivery(
    ConsumerRecord<byte[], byte[]> record,
    int refusals,
    Duration sinceFirst,
    Patience patience,
    Hold hold) {

  private static final int PATIENCE_WITH_RULES = 4;

  /**
   * Whether a refusal is to be believed. Permissions can be unknown for seconds after an API server
   * has started; quotas and admission rules are told at once.
   */
  boolean believes(ClusterRefusalException refusal) {
    return !refusal.mayBePassing()
        || (refusal.isAboutRights()
            ? sinceFirst.compareTo(patience.withRights()) >= 0
            : refusals >= PATIENCE_WITH_RULES);
  }

  /**
   * To be asked before anything is done that another replica may have undone.
   *
   * @throws AbandonedException when the partition is another's
   * @throws UncertainException when it may be
   */
  void requireHold() {
    if (hold.isRevoked()) {
      throw new AbandonedException();
    }
    if (!hold.isCertain()) {
      throw new UncertainException(
          "the broker has not confirmed lately that the partition is ours");
    }
  }

  RecordPlace place() {
    return RecordPlace.of(record);
  }
}
