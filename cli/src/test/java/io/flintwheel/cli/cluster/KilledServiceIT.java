package io.flintwheel.cli.cluster;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flintwheel.cli.CliFailure;
import io.flintwheel.cli.Context;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local cluster runs, and nobody listens where the status-service should. */
class KilledServiceIT {

  @TempDir Path directory;

  private String own = "";

  @BeforeEach
  void startWithoutServices() throws IOException {
    int port = freePort();
    own = "http://127.0.0.1:" + port;
    Home home = new Home(directory, directory).create();
    new LocalEnv(Map.of(Port.STATUS.variable(), Integer.toString(port)))
        .write(home.run().resolve("ports.env"));
    new LocalEnv(Map.of("FLINTWHEEL_STATUS_URL", own)).write(home.localEnv());
    ProcessRecord.running(ProcessHandle.current().pid())
        .orElseThrow()
        .write(home.run().resolve(Part.LOCAL_CLUSTER.id() + ".pid"));
  }

  @Test
  void isStartedAgainByUp() {
    Context context = context(Map.of());

    assertThatThrownBy(() -> context.status().get("/api/v1/jobs"))
        .isInstanceOf(CliFailure.class)
        .hasMessage(
            "The status-service at %s cannot be reached (connection refused); ./flintwheel up starts it again",
            own);
  }

  @Test
  void isStartedAgainByUpWhenItsAddressIsExportedToo() {
    Context context = context(Map.of("FLINTWHEEL_STATUS_URL", own));

    assertThatThrownBy(() -> context.status().get("/api/v1/jobs"))
        .isInstanceOf(CliFailure.class)
        .hasMessageEndingWith("; ./flintwheel up starts it again");
  }

  @Test
  void isNotToldOfAServiceElsewhere() throws IOException {
    Context context = context(Map.of("FLINTWHEEL_STATUS_URL", "http://127.0.0.1:" + freePort()));

    assertThatThrownBy(() -> context.status().get("/api/v1/jobs"))
        .isInstanceOf(CliFailure.class)
        .hasMessageEndingWith("cannot be reached (connection refused)");
  }

  private Context context(Map<String, String> exported) {
    Map<String, String> environment = new HashMap<>(exported);
    environment.put("FLINTWHEEL_ROOT", directory.toString());
    environment.put("FLINTWHEEL_HOME", directory.toString());
    return new Context(environment, System.out, System.err, Clock.systemUTC());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
