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
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CancelCommandIT {

  @TempDir Path home;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<String> cancelled = new CopyOnWriteArrayList<>();
  private final List<HttpServer> services = new ArrayList<>();
  private HttpServer submitter;
  private HttpServer status;

  @BeforeEach
  void start() throws IOException {
    submitter = service();
    submitter.createContext(
        "/api/v1/jobs/",
        exchange -> {
          cancelled.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
          answer(exchange, 202, "{}");
        });
    status = service();
  }

  @AfterEach
  void stop() {
    services.forEach(service -> service.stop(0));
  }

  @Test
  void refusesAJobThatNobodyHasAskedFor() {
    int code = run(Duration.ZERO, "nosuch");

    assertThat(code).isEqualTo(1);
    assertThat(cancelled).isEmpty();
    assertThat(text(err))
        .contains("There is no job nosuch; ./flintwheel jobs lists them.")
        .contains("./flintwheel cancel --anyway nosuch");
  }

  @Test
  void cancelsBeforehandWhenToldTo() {
    int code = run(Duration.ZERO, "--anyway", "later");

    assertThat(code).isZero();
    assertThat(cancelled).containsExactly("DELETE /api/v1/jobs/later");
    assertThat(text(out)).startsWith("There is no job later yet; if its request comes");
  }

  @Test
  void waitsForAJobThatWasSubmittedAMomentAgo() {
    AtomicInteger looks = new AtomicInteger();
    status.createContext(
        "/api/v1/jobs/fresh",
        exchange -> {
          boolean known = looks.incrementAndGet() > 2;
          answer(exchange, known ? 200 : 404, known ? "{\"state\": \"REQUESTED\"}" : "{}");
        });

    int code = run(Duration.ofSeconds(20), "fresh");

    assertThat(code).isZero();
    assertThat(cancelled).containsExactly("DELETE /api/v1/jobs/fresh");
    assertThat(text(out)).startsWith("Cancellation of fresh is on its way.");
  }

  @Test
  void leavesAJobThatHasEnded() {
    status.createContext(
        "/api/v1/jobs/done", exchange -> answer(exchange, 200, "{\"state\": \"FAILED\"}"));

    int code = run(Duration.ZERO, "done");

    assertThat(code).isZero();
    assertThat(cancelled).isEmpty();
    assertThat(text(out)).startsWith("done has ended already: FAILED.");
  }

  @Test
  void cancelsAllTheSameWhenNobodyCanTellHowTheJobIs() {
    status.stop(0);

    int code = run(Duration.ofSeconds(20), "pi");

    assertThat(code).isZero();
    assertThat(cancelled).containsExactly("DELETE /api/v1/jobs/pi");
    assertThat(text(err)).startsWith("The status-service cannot tell whether there is a job pi");
  }

  private int run(Duration patience, String... arguments) {
    Context context =
        new Context(
            Map.of(
                "FLINTWHEEL_STATUS_URL", url(status),
                "FLINTWHEEL_SUBMITTER_URL", url(submitter),
                "FLINTWHEEL_ROOT", home.toString(),
                "FLINTWHEEL_HOME", home.toString()),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Clock.systemUTC());
    return new CommandLine(new CancelCommand(context, patience))
        .setExecutionExceptionHandler(
            (failure, commandLine, parsed) -> {
              context.err().println(failure.getMessage());
              return 1;
            })
        .execute(arguments);
  }

  private HttpServer service() throws IOException {
    HttpServer service =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.start();
    services.add(service);
    return service;
  }

  private static String url(HttpServer service) {
    return "http://127.0.0.1:" + service.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange, int code, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
