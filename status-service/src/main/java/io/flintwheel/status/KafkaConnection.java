package io.flintwheel.status;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.util.Map;

/** Where Kafka is. */
@ConfigMapping(prefix = "flintwheel.kafka")
public interface KafkaConnection {

  /** {@code host:port}, comma separated. Environment: {@code KAFKA_BOOTSTRAP_SERVERS}. */
  @NotBlank
  String bootstrapServers();

  /**
   * Further settings of every Kafka client of this service, such as {@code security.protocol} and
   * {@code sasl.jaas.config}. They do not override what delivery depends on.
   */
  Map<String, String> client();

  /** Most records that are stored in one transaction; at least 1. */
  @WithDefault("500")
  @Min(1)
  int batchSize();
}
