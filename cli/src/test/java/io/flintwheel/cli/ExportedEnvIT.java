package io.flintwheel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In a shell that has exported {@code local.env}, after all has been stopped. */
class ExportedEnvIT {

  @TempDir Path home;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private int port;

  @BeforeEach
  void remember() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path run = Files.createDirectories(home.resolve("run"));
    Files.writeString(run.resolve("ports.env"), "FLINTWHEEL_STATUS_PORT=" + port + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jobs", "cancel pi", "logs pi"})
  void saysThatNothingIsUpAsItDoesWithoutIt(String arguments) {
    String url = "http://127.0.0.1:" + port;

    run(Map.of("FLINTWHEEL_STATUS_URL", url), arguments);

    assertThat(text()).isEqualTo("Nothing is up here; start it with ./flintwheel up\n");
  }

  @Test
  void namesTheAddressOfAnotherInstallation() {
    String url = "http://127.0.0.2:" + port;

    run(Map.of("FLINTWHEEL_STATUS_URL", url), "jobs");

    assertThat(text())
        .isEqualTo("The status-service at " + url + " cannot be reached (connection refused)\n");
  }

  private void run(Map<String, String> exported, String arguments) {
    Map<String, String> environment = new HashMap<>(exported);
    environment.put("FLINTWHEEL_ROOT", home.toString());
    environment.put("FLINTWHEEL_HOME", home.toString());
    Context context =
        new Context(
            environment,
            System.out,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    assertThat(Flintwheel.commandLine(context).execute(arguments.split(" "))).isEqualTo(1);
  }

  private String text() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
