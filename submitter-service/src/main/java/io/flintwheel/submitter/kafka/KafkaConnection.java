package io.flintwheel.submitter.kafka;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/** How every client of this service reaches the broker: the {@code kafka.*} properties. */
@ApplicationScoped
public class KafkaConnection {

  private final Map<String, Object> settings;

  KafkaConnection(@Identifier("default-kafka-broker") Map<String, Object> settings) {
    this.settings = Map.copyOf(settings);
  }

  /** A copy to which a client adds its own. */
  public Map<String, Object> config() {
    Map<String, Object> config = new HashMap<>(settings);
    // A broker that is away is asked again every second or two, not fifty times a second.
    config.putIfAbsent(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 200L);
    config.putIfAbsent(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000L);
    return config;
  }
}
