package io.flintwheel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoOnTakenPortIT {

  private static final int FAILED = 1;

  @TempDir Path directory;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void advisesItselfOnATakenPortAndPointsAtNoLogs() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Map<String, String> environment = new HashMap<>();
      environment.put("FLINTWHEEL_ROOT", directory.toString());
      environment.put("FLINTWHEEL_HOME", directory.resolve("home").toString());
      environment.put("FLINTWHEEL_KAFKA_PORT", Integer.toString(taken.getLocalPort()));
      for (String part : new String[] {"SUBMITTER", "SCHEDULER", "STATUS"}) {
        environment.put("FLINTWHEEL_" + part + "_PORT", Integer.toString(freePort()));
      }

      int code = run(environment);

      assertThat(code).isEqualTo(FAILED);
      assertThat(err.toString(StandardCharsets.UTF_8))
          .contains("Port " + taken.getLocalPort() + ", which Kafka needs, is taken by")
          .contains("FLINTWHEEL_KAFKA_PORT=<port> ./flintwheel demo")
          .doesNotContain("logs");
    }
  }

  private int run(Map<String, String> environment) {
    Context context =
        new Context(
            environment,
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Clock.systemUTC());
    return Flintwheel.commandLine(context).execute("demo");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
