package io.flintwheel.scheduler.outbox;

import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * How every Kafka client of this service is set up: all {@code kafka.*} properties (environment:
 * {@code KAFKA_...}), such as {@code kafka.bootstrap.servers}, {@code kafka.security.protocol},
 * {@code kafka.sasl.*} and {@code kafka.ssl.*}.
 */
@Singleton
public class KafkaConnection {

  private final Map<String, Object> settings;

  public KafkaConnection(@Identifier("default-kafka-broker") Map<String, Object> settings) {
    this.settings = Map.copyOf(settings);
  }

  /** Where Kafka is, {@code host:port[,host:port...]}. */
  public String bootstrapServers() {
    return String.valueOf(settings.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
  }

  /** The settings of a client; its own win, because what we promise depends on them. */
  public Map<String, Object> with(Map<String, Object> own) {
    Map<String, Object> all = new HashMap<>(settings);
    // A broker that is away is asked again every second or two, not twenty times a second.
    all.putIfAbsent(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 200);
    all.putIfAbsent(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000);
    all.putAll(own);
    return all;
  }
}
