package io.flintwheel.submitter.intake;

import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One try to handle a record.
 *
 * @param tries how often it has been tried before
 * @param stillOurs false once another consumer may have the record's partition
 */
record Delivery(ConsumerRecord<byte[], byte[]> record, int tries, BooleanSupplier stillOurs) {

  RecordPlace place() {
    return RecordPlace.of(record);
  }
}
