package io.flintwheel.cli.job;

import org.apache.kafka.common.errors.TimeoutException;

/** What a Kafka client's exceptions mean to a person. */
final class KafkaTrouble {

  private KafkaTrouble() {}

  /** Whether nobody has answered in time; of a topic that is missing, the cause tells. */
  static boolean noAnswer(Throwable failure) {
    return failure instanceof TimeoutException && failure.getCause() == null;
  }

  static String noAnswerFrom(String bootstrapServers) {
    return "Kafka at " + bootstrapServers + " does not answer";
  }
}
