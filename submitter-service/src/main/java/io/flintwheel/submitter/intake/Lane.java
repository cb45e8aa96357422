package io.flintwheel.submitter.intake;

import io.flintwheel.events.cloudevent.Decoded;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Records of a lane are handled in order. The partition is part of it: a job's requests are in one
 * partition when their publisher follows the contract, and when not, two lanes must not wait for
 * each other's commits.
 */
record Lane(int partition, String key) {

  static Lane of(ConsumerRecord<byte[], byte[]> record, Decoded decoded) {
    String job =
        decoded instanceof Decoded.Message message
            ? message.event().data().jobId().value()
            : "offset " + record.offset();
    return new Lane(record.partition(), job);
  }
}
