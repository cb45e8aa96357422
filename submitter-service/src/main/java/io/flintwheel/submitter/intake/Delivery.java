package io.flintwheel.submitter.intake;

import io.flintwheel.submitter.kubernetes.ClusterRefusalException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One try to handle a record.
 *
 * @param tries how often it has been tried before
 * @param sinceFirst how long ago it was tried first
 * @param patience how long refusals are not believed
 * @param stillOurs false once another consumer may have the record's partition
 */
record Delivery(
    ConsumerRecord<byte[], byte[]> record,
    int tries,
    Duration sinceFirst,
    Patience patience,
    BooleanSupplier stillOurs) {

  private static final int PATIENCE_WITH_RULES = 4;

  /**
   * Whether a refusal is to be believed. Permissions can be unknown for seconds after an API server
   * has started; quotas and admission rules are told at once.
   */
  boolean believes(ClusterRefusalException refusal) {
    return !refusal.mayBePassing()
        || (refusal.isAboutRights()
            ? sinceFirst.compareTo(patience.withRights()) >= 0
            : tries >= PATIENCE_WITH_RULES);
  }

  RecordPlace place() {
    return RecordPlace.of(record);
  }
}
