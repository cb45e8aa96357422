package io.flintwheel.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flintwheel.cli.CliFailure;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortHolderIT {

  @Test
  void namesThePortItsHolderAndTheWayOut() throws Exception {
    try (ServerSocket taken =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      int port = taken.getLocalPort();
      Ports ports = Ports.from(Map.of("FLINTWHEEL_KAFKA_PORT", Integer.toString(port)));

      assertThatThrownBy(() -> PortHolder.requireFree(ports, List.of(Port.KAFKA), "demo"))
          .isInstanceOf(CliFailure.class)
          .hasMessageContaining("Port " + port + ", which Kafka needs, is taken by")
          .hasMessageContaining("(process " + ProcessHandle.current().pid() + ")")
          .hasMessageContaining("FLINTWHEEL_KAFKA_PORT=<port> ./flintwheel demo");
    }
  }

  @Test
  void seesAListenerOnAllInterfaces() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      boolean isTaken = PortHolder.isTaken(taken.getLocalPort());

      assertThat(isTaken).isTrue();
    }
  }
}
