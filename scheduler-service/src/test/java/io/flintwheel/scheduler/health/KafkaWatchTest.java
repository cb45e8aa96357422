package io.flintwheel.scheduler.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.scheduler.outbox.KafkaConnection;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaWatchTest {

  @Test
  void asksBrokerThatWantsTlsAsItIsConfigured() {
    KafkaConnection connection =
        new KafkaConnection(
            Map.of("bootstrap.servers", "broker:9093", "security.protocol", "SASL_SSL"));

    assertThat(KafkaWatch.settings(connection))
        .containsEntry("bootstrap.servers", "broker:9093")
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("default.api.timeout.ms", 2_000);
  }
}
