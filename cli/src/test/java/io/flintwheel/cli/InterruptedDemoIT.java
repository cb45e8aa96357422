package io.flintwheel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.flintwheel.cli.cluster.ProcessRecord;
import io.flintwheel.local.kafka.LocalKafka;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo, a process of its own, over an installation that is up: a real broker, and services of
 * which each says of every job that it runs. This process stands for their processes.
 */
class InterruptedDemoIT {

  private static final String RUNNING = "{\"jobId\": \"%s\", \"state\": \"RUNNING\"}";

  @TempDir Path directory;

  private final List<String> deleted = new CopyOnWriteArrayList<>();
  private final CountDownLatch paused = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<HttpServer> services = new ArrayList<>();
  private LocalKafka kafka;
  private Process demo;
  private volatile String publishedState = "RUNNING";

  @BeforeEach
  void start() throws IOException {
    LogManager.getLogManager().reset();
    kafka = LocalKafka.start(directory.resolve("kafka"), 0);
    kafka.createTopics();
    Path run = Files.createDirectories(directory.resolve("home/run"));
    StringBuilder ports = new StringBuilder();
    for (String service : List.of("SUBMITTER", "SCHEDULER", "STATUS")) {
      ports.append("FLINTWHEEL_%s_PORT=%d\n".formatted(service, service()));
    }
    ports.append("FLINTWHEEL_POSTGRES_PORT=%d\n".formatted(freePort()));
    Files.writeString(run.resolve("ports.env"), ports);
    Files.writeString(
        run.resolve("local-cluster.env"),
        "KAFKA_BOOTSTRAP_SERVERS=" + kafka.bootstrapServers() + "\n");
    ProcessRecord here = ProcessRecord.ofThis();
    for (String part :
        List.of("local-cluster", "submitter-service", "scheduler-service", "status-service")) {
      Files.writeString(run.resolve(part + ".pid"), here.pid() + " " + here.birth());
    }
  }

  @AfterEach
  void stop() {
    over.countDown();
    demo.destroyForcibly();
    services.forEach(service -> service.stop(0));
    threads.shutdownNow();
    kafka.close();
  }

  @Test
  void leavesNothingThatGoesOn() throws Exception {
    demo = demo();
    assertThat(paused.await(60, TimeUnit.SECONDS)).isTrue();

    demo.destroy();

    assertThat(demo.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(deleted)
        .satisfiesExactlyInAnyOrder(
            schedule -> assertThat(schedule).matches("/api/v1/schedules/demo-[0-9]+t[0-9]+"),
            published -> assertThat(published).matches("/api/v1/jobs/demo-pi-[0-9]+t[0-9]+"),
            first -> assertThat(first).isEqualTo("/api/v1/jobs/first-tick"),
            // Only the scheduler knows of it yet.
            second -> assertThat(second).isEqualTo("/api/v1/jobs/second-tick"));
    assertThat(Files.readString(directory.resolve("err")))
        .contains("Interrupted", "Removed the schedule 'demo-", "Cancelled the job first-tick.")
        .doesNotContain("logs are in");
  }

  @Test
  void leavesNothingThatGoesOnWhenItFails() throws Exception {
    publishedState = "CANCELLED";

    demo = demo();

    assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(demo.exitValue()).isEqualTo(1);
    assertThat(deleted)
        .anyMatch(path -> path.startsWith("/api/v1/schedules/demo-"))
        .contains("/api/v1/jobs/first-tick", "/api/v1/jobs/second-tick");
    assertThat(Files.readString(directory.resolve("err"))).contains("ended as CANCELLED");
  }

  private Process demo() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Flintwheel.class.getName(),
                "demo")
            .redirectOutput(directory.resolve("out").toFile())
            .redirectError(directory.resolve("err").toFile());
    builder.environment().put("FLINTWHEEL_ROOT", directory.toString());
    builder.environment().put("FLINTWHEEL_HOME", directory.resolve("home").toString());
    return builder.start();
  }

  private int service() throws IOException {
    HttpServer service =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.setExecutor(threads);
    service.createContext("/", this::answer);
    service.start();
    services.add(service);
    return service.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String query = exchange.getRequestURI().getQuery();
    if (exchange.getRequestMethod().equals("DELETE")) {
      deleted.add(path);
      say(exchange, "");
    } else if (path.endsWith("/stream")) {
      String job = Path.of(path).getName(3).toString();
      String state = job.startsWith("demo-pi-") ? publishedState : "RUNNING";
      begin(exchange, "data: " + RUNNING.formatted(job).replace("RUNNING", state) + "\n\n");
      await(over);
    } else if (path.endsWith("/ticks")) {
      say(exchange, "{\"ticks\": [{\"jobId\": \"first-tick\"}, {\"jobId\": \"second-tick\"}]}");
    } else if (path.equals("/api/v1/jobs") && query.startsWith("schedule=")) {
      say(exchange, "{\"jobs\": [" + RUNNING.formatted("first-tick") + "]}");
    } else {
      say(exchange, RUNNING.formatted("some"));
      if (path.endsWith("/pause")) {
        paused.countDown();
      }
    }
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

  private static void await(CountDownLatch latch) {
    try {
      latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
