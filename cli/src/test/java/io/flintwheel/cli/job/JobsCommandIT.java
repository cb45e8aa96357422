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
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Over a service of 620 jobs that gives 500 at once. */
class JobsCommandIT {

  private static final int JOBS = 620;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<String> queries = new CopyOnWriteArrayList<>();
  private HttpServer service;

  /** So many of the newest jobs have been requested a minute before the epoch, and no more. */
  private int requested;

  private Instant now = Instant.EPOCH;

  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext("/api/v1/jobs", this::answer);
    service.start();
  }

  @AfterEach
  void stop() {
    service.stop(0);
  }

  @Test
  void saysThatThereAreMoreThanItShows() {
    run("--state", "RUNNING");

    assertThat(text(out).lines()).hasSize(20);
    assertThat(text(err)).isEqualTo("These are the newest 20; there are more, see --limit.\n");
    assertThat(queries).containsExactly("state=RUNNING&limit=20");
  }

  @Test
  void goesOnAfterThePageThatTheServiceGives() {
    run("--limit", "600");

    assertThat(text(out).lines()).hasSize(600).doesNotHaveDuplicates();
    assertThat(text(err)).contains("the newest 600");
  }

  @Test
  void saysWhyAJobFailed() {
    run("--limit", "1");

    assertThat(text(out)).contains("UNKNOWN: it was the first");
  }

  @Test
  void saysNothingMoreWhenAllAreShown() {
    run("--limit", "1000");

    assertThat(text(out).lines()).hasSize(JOBS);
    assertThat(text(err)).isEmpty();
  }

  @Test
  void saysOnceThatARequestHasNotBeenTakenUp() {
    requested = 3;

    run("--limit", "5");

    assertThat(text(err))
        .startsWith("The submitter-service has not taken up job-0 for 60 s")
        .containsOnlyOnce("taken up");
  }

  @Test
  void saysNothingOfARequestOfAMomentAgo() {
    requested = 3;
    now = Instant.EPOCH.minusSeconds(58);

    run("--limit", "5");

    assertThat(text(err)).doesNotContain("taken up");
  }

  private void run(String... arguments) {
    String url = "http://127.0.0.1:" + service.getAddress().getPort();
    Context context =
        new Context(
            Map.of(
                "FLINTWHEEL_STATUS_URL", url,
                "FLINTWHEEL_ROOT", "/nowhere",
                "FLINTWHEEL_HOME", "/nowhere/.flintwheel"),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Clock.fixed(now, ZoneOffset.UTC));
    assertThat(new CommandLine(new JobsCommand(context)).execute(arguments)).isZero();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    queries.add(query);
    Map<String, String> parameters =
        List.of(query.split("&")).stream()
            .map(each -> each.split("=", 2))
            .collect(Collectors.toMap(each -> each[0], each -> each[1]));
    int limit = Integer.parseInt(parameters.get("limit"));
    int from = Integer.parseInt(parameters.getOrDefault("cursor", "0"));
    int to = Math.min(JOBS, from + limit);
    String failed = ", \"failure\": {\"class\": \"UNKNOWN\", \"message\": \"it was the first\"}";
    String jobs =
        IntStream.range(from, to)
            .mapToObj(
                n ->
                    "{\"jobId\": \"job-%d\", \"state\": \"%s\"%s, \"requestedAt\": \"1969-12-31T23:59:00Z\"}"
                        .formatted(
                            n, n < requested ? "REQUESTED" : "RUNNING", n == 0 ? failed : ""))
            .collect(Collectors.joining(", ", "[", "]"));
    String next = to < JOBS ? ", \"nextCursor\": \"%d\"".formatted(to) : "";
    byte[] body = "{\"jobs\": %s%s}".formatted(jobs, next).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(limit > 500 ? 400 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
