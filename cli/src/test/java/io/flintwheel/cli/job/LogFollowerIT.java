package io.flintwheel.cli.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.flintwheel.cli.CliFailure;
import io.flintwheel.events.job.JobId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A status-service that is killed or freezes while somebody follows a log. */
class LogFollowerIT {

  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(20);

  private final List<String> out = new CopyOnWriteArrayList<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final List<String> followed = new CopyOnWriteArrayList<>();
  private final CountDownLatch thawed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** What the driver has written until the service is asked again. */
  private volatile List<String> log = List.of();

  private volatile Interruption interruption = Interruption.KILLED;
  private volatile String state = "RUNNING";

  /** So many lines of it the first who follows sees before the service is interrupted. */
  private volatile int shownAtFirst = 2;

  private HttpServer service;

  private enum Interruption {
    KILLED,
    FROZEN,
    STOPPED_IN_ORDER
  }

  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.setExecutor(threads);
    service.createContext("/api/v1/jobs/pi", exchange -> say(exchange, document()));
    service.createContext("/api/v1/jobs/pi/logs", this::log);
    service.start();
  }

  @AfterEach
  void stop() {
    thawed.countDown();
    service.stop(0);
    threads.shutdownNow();
  }

  @Test
  void goesOnWhereAKilledServiceLeftOff() {
    log = numbered(1, 5);

    CompletableFuture<Void> end = following(OptionalInt.empty());

    assertThat(end).succeedsWithin(LONG);
    assertThat(out).isEqualTo(numbered(1, 5));
    assertThat(told).isEmpty();
  }

  @Test
  void goesOnWhereAFrozenServiceLeftOff() {
    log = numbered(1, 5);
    interruption = Interruption.FROZEN;

    CompletableFuture<Void> end = following(OptionalInt.empty());

    assertThat(end).succeedsWithin(LONG);
    assertThat(out).isEqualTo(numbered(1, 5));
    assertThat(told)
        .containsExactly(
            "The status-service does not answer; ./flintwheel status shows how it is."
                + " Still following the log of pi.",
            "The status-service answers again.");
  }

  @Test
  void printsTheRestOfALogThatEndedWhileTheServiceWasAway() {
    log = numbered(1, 5);
    state = "SUCCEEDED";

    CompletableFuture<Void> end = following(OptionalInt.empty());

    assertThat(end).succeedsWithin(LONG);
    assertThat(out).isEqualTo(numbered(1, 5));
  }

  @Test
  void printsTheRestAfterAServiceThatWasStoppedInOrder() {
    log = numbered(1, 5);
    interruption = Interruption.STOPPED_IN_ORDER;

    CompletableFuture<Void> end = following(OptionalInt.empty());

    assertThat(end).succeedsWithin(LONG);
    assertThat(out).isEqualTo(numbered(1, 5));
  }

  @Test
  void printsNoOlderLinesThanWereAskedFor() {
    log = numbered(1, 9);

    CompletableFuture<Void> end = following(OptionalInt.of(1));

    assertThat(end).succeedsWithin(LONG);
    assertThat(out).isEqualTo(numbered(2, 9));
    assertThat(followed).containsExactly("follow=true&tail=1&attempt=1", "follow=true&attempt=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RUNNING", "SUCCEEDED"})
  void printsAllOfALogThatBeganWhileTheServiceWasAway(String end) {
    interruption = Interruption.FROZEN;
    log = numbered(1, 9);
    shownAtFirst = 0;

    CompletableFuture<Void> following = following(OptionalInt.of(1), () -> state = end);

    assertThat(following).succeedsWithin(LONG);
    assertThat(out).isEqualTo(numbered(1, 9));
  }

  @Test
  void countsTheLinesOfALogThatSaysTheSameAgainAndAgain() {
    log = List.of("tick", "tick", "tick", "tick", "tick");

    CompletableFuture<Void> end = following(OptionalInt.empty());

    assertThat(end).succeedsWithin(LONG);
    assertThat(out).isEqualTo(log);
    assertThat(told).isEmpty();
  }

  @Test
  void saysWhenLinesMayComeTwice() {
    log = List.of("tick", "tick", "tick", "tick", "tick");

    CompletableFuture<Void> end = following(OptionalInt.of(1));

    assertThat(end).succeedsWithin(LONG);
    assertThat(told).singleElement().asString().contains("may have been printed before");
  }

  @Test
  void saysWhenLinesMayBeMissing() {
    log = numbered(1, 2);
    CompletableFuture<Void> end = following(OptionalInt.empty(), () -> log = numbered(7, 9));

    assertThat(end).succeedsWithin(LONG);
    assertThat(out).containsExactly("line 1", "line 2", "line 7", "line 8", "line 9");
    assertThat(told).singleElement().asString().contains("lines before it may be missing");
  }

  @Test
  void failsWhenNothingIsKeptOfALogThatBrokeOff() {
    log = numbered(1, 2);
    state = "LOST";
    CompletableFuture<Void> end = following(OptionalInt.empty(), () -> log = List.of());

    assertThat(end)
        .failsWithin(LONG)
        .withThrowableThat()
        .withMessageContaining("no more of it is kept");
    assertThat(out).isEqualTo(numbered(1, 2));
  }

  @Test
  void failsAtOnceWhenThereIsNoLogAtFirst() {
    assertThatThrownBy(() -> follower(OptionalInt.empty(), "nobody", () -> {}).follow(false))
        .isInstanceOf(CliFailure.class)
        .hasMessageContaining("The status-service said 404");
  }

  private CompletableFuture<Void> following(OptionalInt tail) {
    return following(tail, () -> {});
  }

  /**
   * @param meanwhile happens while the service is away
   */
  private CompletableFuture<Void> following(OptionalInt tail, Runnable meanwhile) {
    LogFollower follower = follower(tail, "pi", meanwhile);
    return CompletableFuture.runAsync(() -> follower.follow(false), threads);
  }

  private LogFollower follower(OptionalInt tail, String job, Runnable meanwhile) {
    this.meanwhile = meanwhile;
    return new LogFollower(
        new HttpApi("status-service", "http://127.0.0.1:" + service.getAddress().getPort()),
        new JobLogPaths(JobId.parse(job), Optional.of(1), tail),
        Silence.limitedTo(SHORT),
        out::add,
        told::add);
  }

  private volatile Runnable meanwhile = () -> {};

  private void log(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    boolean follows = query.contains("follow=true");
    if (follows) {
      followed.add(query);
    }
    if (log.isEmpty()) {
      exchange.sendResponseHeaders(404, -1);
      exchange.close();
    } else if (follows && followed.size() == 1) {
      int from = query.contains("tail=1") ? Math.max(0, shownAtFirst - 1) : 0;
      begin(exchange, lines(log.subList(from, shownAtFirst)));
      meanwhile.run();
      interrupt(exchange);
    } else {
      say(
          exchange,
          lines(query.contains("tail=1") ? log.subList(log.size() - 1, log.size()) : log));
      if (follows) {
        state = "SUCCEEDED";
      }
    }
  }

  private void interrupt(HttpExchange exchange) throws IOException {
    switch (interruption) {
      // Without the end of what was begun.
      case KILLED -> throw new IOException("killed");
      case FROZEN -> await(thawed);
      case STOPPED_IN_ORDER -> {
        state = "SUCCEEDED";
        exchange.close();
      }
    }
  }

  private String document() {
    return "{\"jobId\": \"pi\", \"state\": \"%s\", \"attempts\": [{\"attempt\": 1, \"state\": \"%s\"}]}"
        .formatted(state, state);
  }

  private static void say(HttpExchange exchange, String text) throws IOException {
    begin(exchange, text);
    exchange.close();
  }

  private static void begin(HttpExchange exchange, String text) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
  }

  private static String lines(List<String> lines) {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  private static List<String> numbered(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(n -> "line " + n).toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
