package io.flintwheel.submitter.intake;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where a record lies. */
record RecordPlace(String topic, int partition, long offset) {

  static RecordPlace of(ConsumerRecord<?, ?> record) {
    return new RecordPlace(record.topic(), record.partition(), record.offset());
  }
}
