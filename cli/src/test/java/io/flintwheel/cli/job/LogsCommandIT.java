package io.flintwheel.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.flintwheel.cli.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LogsCommandIT {

  @TempDir Path home;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<String> queries = new CopyOnWriteArrayList<>();
  private final Map<String, String> headers = new ConcurrentHashMap<>();
  private volatile String document = "{\"jobId\": \"pi\"}";
  private volatile String streamed = "";
  private HttpServer service;

  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext("/api/v1/jobs/pi", exchange -> answer(exchange, document));
    service.createContext(
        "/api/v1/jobs/pi/stream", exchange -> answer(exchange, "data: " + streamed + "\n\n"));
    service.createContext(
        "/api/v1/jobs/pi/logs",
        exchange -> {
          queries.add(exchange.getRequestURI().getQuery());
          headers.forEach(exchange.getResponseHeaders()::set);
          answer(exchange, "Pi is roughly 3\n");
        });
    service.start();
  }

  @AfterEach
  void stop() {
    service.stop(0);
  }

  @Test
  void asksForTheLastLinesOfAJobsLog() {
    run("--tail", "7", "pi");

    assertThat(text()).isEqualTo("Pi is roughly 3\n");
    assertThat(queries).containsExactly("follow=false&tail=7");
  }

  @Test
  void asksForAllOfAJobsLog() {
    run("--tail", "-1", "pi");

    assertThat(queries).containsExactly("follow=false");
  }

  @Test
  void followsTheAttemptThatIsTheLastAtFirst() {
    document =
        "{\"jobId\": \"pi\", \"state\": \"FAILED\", \"attempt\": 2,"
            + " \"attempts\": [{\"attempt\": 2, \"state\": \"FAILED\", \"driver\": {}}]}";

    run("-f", "pi");

    assertThat(text()).isEqualTo("Pi is roughly 3\n");
    assertThat(queries).containsExactly("follow=true&tail=200&attempt=2");
  }

  @Test
  void followsAllOfTheLogOfAJobThatWasPending() {
    document = "{\"jobId\": \"pi\", \"state\": \"PENDING\"}";
    streamed =
        "{\"jobId\": \"pi\", \"state\": \"SUCCEEDED\", \"attempt\": 1,"
            + " \"attempts\": [{\"attempt\": 1, \"state\": \"SUCCEEDED\", \"driver\": {}}]}";

    run("-f", "pi");

    assertThat(queries).containsExactly("follow=true&attempt=1");
  }

  @Test
  void saysBesideALogThatItWasNotKeptWhole() {
    headers.put("flintwheel-log-incomplete", "true");

    run("pi");

    assertThat(text()).isEqualTo("Pi is roughly 3\n");
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("may have written more")
        .hasLineCount(1);
  }

  @Test
  void saysSoBesideALogThatIsFollowed() {
    headers.put("flintwheel-log-incomplete", "true");
    document =
        "{\"jobId\": \"pi\", \"state\": \"FAILED\", \"attempt\": 1,"
            + " \"attempts\": [{\"attempt\": 1, \"state\": \"FAILED\", \"driver\": {}}]}";

    run("-f", "pi");

    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("may have written more")
        .hasLineCount(1);
  }

  @Test
  void saysNothingBesideALogThatIsWhole() {
    run("pi");

    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void printsAllOfAPartsLog() throws IOException {
    String log = "one more line\n".repeat(10_000);
    Files.writeString(
        Files.createDirectories(home.resolve("logs")).resolve("submitter-service.log"), log);

    run("--tail", "-1", "submitter");

    assertThat(text()).isEqualTo(log);
  }

  private void run(String... arguments) {
    String url = "http://127.0.0.1:" + service.getAddress().getPort();
    Context context =
        new Context(
            Map.of(
                "FLINTWHEEL_STATUS_URL", url,
                "FLINTWHEEL_ROOT", home.toString(),
                "FLINTWHEEL_HOME", home.toString()),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    assertThat(new CommandLine(new LogsCommand(context)).execute(arguments)).isZero();
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
