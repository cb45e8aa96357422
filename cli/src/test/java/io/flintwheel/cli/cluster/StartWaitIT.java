package io.flintwheel.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that becomes ready when it has been told that it is waited for. */
class StartWaitIT {

  private static final String NOT_READY =
      "{\"checks\": [{\"name\": \"kafka\", \"status\": \"DOWN\"}]}";

  @TempDir Path directory;

  private final List<String> told = new CopyOnWriteArrayList<>();
  private HttpServer service;

  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/q/health/ready",
        exchange -> {
          exchange.sendResponseHeaders(told.isEmpty() ? 503 : 200, 0);
          exchange.getResponseBody().write(NOT_READY.getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    service.start();
    ProcessRecord.ofThis()
        .write(new Home(directory, directory).create().run().resolve(Part.STATUS.id() + ".pid"));
  }

  @AfterEach
  void stop() {
    service.stop(0);
  }

  @Test
  void saysOnceWhatIsWaitedForAndWhy() {
    StartWait wait =
        new StartWait(
            new Home(directory, directory),
            HttpClient.newHttpClient(),
            told::add,
            Duration.ofMillis(300));

    wait.service(Part.STATUS, "http://127.0.0.1:" + service.getAddress().getPort());

    assertThat(told).containsExactly("Waiting for status-service (kafka)");
  }
}
