package io.flintwheel.submitter.kafka;

import java.util.Map;

/** Lets tests of other packages reach a broker without a container. */
public final class KafkaConnections {

  private KafkaConnections() {}

  public static KafkaConnection to(String bootstrapServers) {
    return new KafkaConnection(Map.of("bootstrap.servers", bootstrapServers));
  }
}
