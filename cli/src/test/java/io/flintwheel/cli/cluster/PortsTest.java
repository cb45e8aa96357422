package io.flintwheel.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flintwheel.cli.CliFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {

  @Test
  void areThePromisedOnesUnlessOverridden() {
    Ports ports = Ports.from(Map.of("FLINTWHEEL_KAFKA_PORT", "19092"));

    assertThat(ports.of(Port.SUBMITTER)).isEqualTo(8081);
    assertThat(ports.of(Port.SCHEDULER)).isEqualTo(8082);
    assertThat(ports.of(Port.STATUS)).isEqualTo(8083);
    assertThat(ports.of(Port.KAFKA)).isEqualTo(19092);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "http", "-1", "123456"})
  void refuseWhatIsNoPortAndNameTheVariable(String text) {
    assertThatThrownBy(() -> Ports.from(Map.of("FLINTWHEEL_STATUS_PORT", text)))
        .isInstanceOf(CliFailure.class)
        .hasMessage(
            "FLINTWHEEL_STATUS_PORT is '" + text + "', but must be a port from 1 to 65535.");
  }

  @Test
  void refuseTheSamePortTwice() {
    assertThatThrownBy(() -> Ports.from(Map.of("FLINTWHEEL_STATUS_PORT", "8081")))
        .isInstanceOf(CliFailure.class)
        .hasMessageContaining("submitter-service and status-service are both set to port 8081");
  }

  @Test
  void surviveBeingWrittenDown() {
    Ports ports = Ports.from(Map.of("FLINTWHEEL_KAFKA_PORT", "19092"));

    Ports remembered = Ports.from(ports.overrides());

    assertThat(remembered).isEqualTo(ports);
  }
}
