package io.flintwheel.status;

import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;

/**
 * How every Kafka client of this service is set up: all {@code kafka.*} properties (environment:
 * {@code KAFKA_...}), such as {@code kafka.bootstrap.servers}, {@code kafka.security.protocol},
 * {@code kafka.sasl.*} and {@code kafka.ssl.*}. They do not override what delivery depends on.
 */
@Singleton
public class KafkaConnection {

  private final Map<String, Object> client;
  private final KafkaConfig config;

  public KafkaConnection(
      @Identifier("default-kafka-broker") Map<String, Object> client, KafkaConfig config) {
    this.client = Map.copyOf(client);
    this.config = config;
  }

  public Map<String, Object> client() {
    return client;
  }

  /** Most records that are stored in one transaction. */
  public int batchSize() {
    return config.batchSize();
  }

  /** How long a replica may be silent before the others take its partitions over. */
  public Duration sessionTimeout() {
    return config.sessionTimeout();
  }
}
