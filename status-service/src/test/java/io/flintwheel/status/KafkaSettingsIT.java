package io.flintwheel.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.testing.KafkaTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** What Kafka clients are given, of which the tests' profile sets some. */
@QuarkusTest
@OnStatusService
class KafkaSettingsIT {

  @Inject KafkaConnection connection;

  @Test
  void givesEverySettingToClientsWhenItIsConfigured() {
    assertThat(connection.client())
        .containsEntry("bootstrap.servers", KafkaTestResource.kafka().bootstrapServers())
        .containsEntry("security.protocol", "PLAINTEXT")
        .containsEntry("sasl.mechanism", "SCRAM-SHA-512");
  }
}
