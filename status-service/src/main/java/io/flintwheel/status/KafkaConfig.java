package io.flintwheel.status;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How events are read; where Kafka is and how it is spoken to is {@link KafkaConnection}. */
@ConfigMapping(prefix = "flintwheel.kafka")
public interface KafkaConfig {

  /** Most records that are stored in one transaction; at least 1. */
  @WithDefault("500")
  @Min(1)
  int batchSize();

  /**
   * How long after a replica was killed the others take its partitions over. ISO-8601; brokers
   * allow PT6S to PT30M unless they are set up otherwise.
   */
  @WithDefault("PT10S")
  Duration sessionTimeout();
}
