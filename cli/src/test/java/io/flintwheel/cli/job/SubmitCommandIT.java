package io.flintwheel.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.flintwheel.cli.Context;
import io.flintwheel.cli.cluster.Await;
import io.flintwheel.local.kafka.LocalKafka;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.logging.LogManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Follows a job that has ended before, of which nobody says anything new. */
class SubmitCommandIT {

  private static final Path EXAMPLE = Path.of("../examples/spark-pi.yaml");

  @TempDir private static Path directory;
  private static LocalKafka kafka;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private HttpServer status;
  private String state = "";

  /** Nobody takes the request up until that has been told. */
  private boolean untaken;

  @BeforeAll
  static void startKafka() {
    // The broker logs pages.
    LogManager.getLogManager().reset();
    kafka = LocalKafka.start(directory, 0);
    kafka.createTopics();
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @BeforeEach
  void start() throws IOException {
    status = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    status.createContext("/api/v1/jobs/once", this::answer);
    status.start();
  }

  @AfterEach
  void stop() {
    status.stop(0);
  }

  @Test
  void saysThatAJobIdRunsOnce() {
    state = "SUCCEEDED";

    int exitCode = followOnce();

    assertThat(exitCode).isZero();
    assertThat(text().lines().toList())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo(
                        "Job once has run before (SUCCEEDED at 2026-11-23T10:00:00Z);"
                            + " a job id runs once, publish under another id to run it again."),
            line -> assertThat(line).startsWith("once  SUCCEEDED"));
  }

  @Test
  void endsAsTheJobThatRanBefore() {
    state = "FAILED";

    int exitCode = followOnce();

    assertThat(exitCode).isEqualTo(4);
    assertThat(text()).contains("(FAILED at ").contains("APPLICATION: it went wrong");
  }

  @Test
  void saysThatARequestIsNotTakenUp() {
    state = "SUCCEEDED";
    untaken = true;

    int exitCode = followOnce();

    assertThat(exitCode).isZero();
    assertThat(text()).contains("The submitter-service has not taken up once for 0 s\n");
  }

  private int followOnce() {
    Context context =
        new Context(
            Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                kafka.bootstrapServers(),
                "FLINTWHEEL_STATUS_URL",
                "http://127.0.0.1:" + status.getAddress().getPort(),
                "FLINTWHEEL_ROOT",
                "/nowhere",
                "FLINTWHEEL_HOME",
                "/nowhere/.flintwheel"),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    return new CommandLine(new SubmitCommand(context, Duration.ofMillis(300)))
        .execute("-f", "--job-id", "once", EXAMPLE.toString());
  }

  private void answer(HttpExchange exchange) throws IOException {
    String failure =
        state.equals("FAILED")
            ? ", \"failure\": {\"class\": \"APPLICATION\", \"message\": \"it went wrong\"}"
            : "";
    String job =
        """
        {"jobId": "once", "state": "%s", "finishedAt": "2026-11-23T10:00:00Z", \
        "attempts": [{"driver": {"pod": "once-driver"}}]%s}"""
            .formatted(state, failure);
    boolean streamed = exchange.getRequestURI().getPath().endsWith("/stream");
    exchange.sendResponseHeaders(untaken && !streamed ? 404 : 200, 0);
    if (untaken && streamed) {
      say(exchange, "data: {\"jobId\": \"once\", \"state\": \"REQUESTED\"}\n\n");
      Await.until(
          Duration.ofSeconds(20),
          () -> text().contains("taken up"),
          () -> {},
          () -> new IllegalStateException("nothing is told"));
    }
    say(exchange, streamed ? "data: " + job + "\n\n" : job);
    exchange.close();
  }

  private static void say(HttpExchange exchange, String text) throws IOException {
    exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
  }

  private String text() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
