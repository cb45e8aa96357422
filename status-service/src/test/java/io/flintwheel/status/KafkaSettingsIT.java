package io.flintwheel.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nothing outside is needed to see what the clients would be given. */
@QuarkusTest
@TestProfile(KafkaSettingsIT.Secured.class)
class KafkaSettingsIT {

  /** A broker that wants TLS and a password. */
  public static class Secured implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("kafka.security.protocol", "SASL_SSL", "kafka.sasl.mechanism", "SCRAM-SHA-512");
    }
  }

  @Inject KafkaConnection connection;

  @Test
  void givesEverySettingToClientsWhenItIsConfigured() {
    assertThat(connection.client())
        .containsEntry("bootstrap.servers", "localhost:9092")
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.mechanism", "SCRAM-SHA-512");
  }
}
