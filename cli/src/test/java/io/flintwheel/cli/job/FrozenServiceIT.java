package io.flintwheel.cli.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.flintwheel.cli.CliFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A status-service that lets the kernel connect, and says nothing, or nothing more. */
class FrozenServiceIT {

  private static final Duration SHORT = Duration.ofMillis(300);
  private static final String STREAM = "/api/v1/jobs/pi/stream";
  private static final String DONE = "data: {\"jobId\": \"pi\", \"state\": \"SUCCEEDED\"}\n\n";
  private static final String RUNS = "data: {\"jobId\": \"pi\", \"state\": \"RUNNING\"}\n\n";

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final CountDownLatch thawed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer service;

  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.setExecutor(threads);
    service.start();
  }

  @AfterEach
  void stop() {
    thawed.countDown();
    service.stop(0);
    threads.shutdownNow();
  }

  @Test
  void isToldOnceAndFollowedUntilItAnswersAgain() {
    AtomicInteger requests = new AtomicInteger();
    service.createContext(
        STREAM,
        exchange -> {
          if (requests.incrementAndGet() <= 2) {
            freeze();
          }
          say(exchange, DONE);
          exchange.close();
        });

    CompletableFuture<JobView> end = CompletableFuture.supplyAsync(this::follow, threads);

    assertThat(end).succeedsWithin(Duration.ofSeconds(20)).matches(JobView::succeeded);
    assertThat(told)
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .contains("status-service", "cannot be reached (no answer for")
                    .endsWith(". Still following pi."),
            line -> assertThat(line).isEqualTo("The status-service answers again."));
  }

  @Test
  void isToldWhenItFreezesInTheMiddleOfAStream() {
    AtomicInteger requests = new AtomicInteger();
    service.createContext(
        STREAM,
        exchange -> {
          say(exchange, requests.incrementAndGet() == 1 ? RUNS : DONE);
          if (requests.get() == 1) {
            freeze();
          }
          exchange.close();
        });

    CompletableFuture<JobView> end = CompletableFuture.supplyAsync(this::follow, threads);

    assertThat(end).succeedsWithin(Duration.ofSeconds(20)).matches(JobView::succeeded);
    assertThat(told)
        .containsExactly(
            "The status-service does not answer; ./flintwheel status shows how it is."
                + " Still following pi.",
            "The status-service answers again.");
  }

  @Test
  void isNoReasonToWaitLongerThanWasAskedFor() {
    service.createContext(STREAM, exchange -> freeze());

    assertThatThrownBy(() -> follower().follow("pi", SHORT, job -> {}))
        .isInstanceOf(CliFailure.class)
        .hasMessageContaining("cannot be reached (no answer for");
  }

  @Test
  void isNotToldOfAJobThatIsNotKnownYet() {
    AtomicInteger requests = new AtomicInteger();
    service.createContext(
        STREAM,
        exchange -> {
          if (requests.incrementAndGet() == 1) {
            exchange.sendResponseHeaders(404, -1);
          } else {
            say(exchange, DONE);
          }
          exchange.close();
        });

    follow();

    assertThat(told).isEmpty();
  }

  @Test
  void isToldOnceToWhoeverWaitsForAnAnswer() {
    CountDownLatch saidSo = new CountDownLatch(1);
    service.createContext(
        "/api/v1/jobs",
        exchange -> {
          await(saidSo);
          say(exchange, "{}");
          exchange.close();
        });
    HttpApi api =
        new HttpApi(
            "status-service",
            "http://127.0.0.1:" + service.getAddress().getPort(),
            () -> Optional.of("it is frozen"),
            line -> {
              told.add(line);
              saidSo.countDown();
            },
            SHORT);

    List<JsonNode> answers = List.of(api.get("/api/v1/jobs"), api.get("/api/v1/jobs"));

    assertThat(answers).hasSize(2).allMatch(JsonNode::isObject);
    assertThat(told)
        .containsExactly(
            "The status-service has not answered for 0 s; it is waited for up to 20 s; it is frozen");
  }

  @Test
  void breaksALogOff() {
    service.createContext(
        "/log",
        exchange -> {
          say(exchange, "one\n");
          freeze();
        });
    List<String> seen = new CopyOnWriteArrayList<>();

    assertThatThrownBy(() -> read(Silence.limitedTo(SHORT), seen))
        .isInstanceOf(UncheckedIOException.class)
        .hasCauseInstanceOf(HttpTimeoutException.class);

    assertThat(seen).containsExactly("one");
  }

  @Test
  void isToldFromAQuietDriverByAskingIt() {
    CountDownLatch asked = new CountDownLatch(4);
    service.createContext(
        "/log",
        exchange -> {
          await(asked);
          say(exchange, "one\n");
          exchange.close();
        });
    List<String> seen = new CopyOnWriteArrayList<>();

    read(
        new Silence(
            SHORT,
            () -> {
              asked.countDown();
              return true;
            }),
        seen);

    assertThat(seen).containsExactly("one");
  }

  private void read(Silence silence, List<String> seen) {
    try (Stream<String> lines = api().lines("/log", "text/plain", silence)) {
      lines.forEach(seen::add);
    }
  }

  private JobView follow() {
    return follower().follow("pi", Duration.ofMinutes(1), job -> {});
  }

  private JobFollower follower() {
    return new JobFollower(api(), told::add, SHORT);
  }

  private HttpApi api() {
    return new HttpApi("status-service", "http://127.0.0.1:" + service.getAddress().getPort());
  }

  private void freeze() {
    await(thawed);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(HttpExchange exchange, String text) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
  }
}
