package io.flintwheel.local;

import io.flintwheel.local.apiserver.LocalApiServer;
import io.flintwheel.local.kafka.LocalKafka;
import io.flintwheel.local.node.ProcessNode;
import io.flintwheel.local.node.ProcessNodeConfig;
import io.flintwheel.local.postgres.LocalPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.logging.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka, PostgreSQL, a Kubernetes API and a node in one process, until it is told to stop.
 *
 * <p>When all are ready it writes {@code run/local-cluster.env}: how to reach them.
 */
public final class LocalCluster implements AutoCloseable {

  private static final String STATUS_DATABASE = "flintwheel_status";
  private static final String SCHEDULER_DATABASE = "flintwheel_scheduler";

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final LocalClusterOptions options;

  private LocalCluster(LocalClusterOptions options) {
    this.options = options;
  }

  /** Runs until SIGTERM; an exit code other than 0 says that it could not start. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (InputStream logging = LocalCluster.class.getResourceAsStream("logging.properties")) {
      LogManager.getLogManager().readConfiguration(logging);
    }
    Logger log = LoggerFactory.getLogger(LocalCluster.class);
    LocalCluster cluster = new LocalCluster(LocalClusterOptions.parse(arguments));
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  cluster.close();
                  ended.countDown();
                }));
    try {
      cluster.start();
    } catch (RuntimeException | IOException e) {
      log.error("The local cluster did not start", e);
      System.exit(1);
    }
    log.info("The local cluster is ready");
    ended.await();
  }

  private void start() throws IOException {
    Path data = options.home().resolve("data");
    // Each waits for its disk and its threads most of the time; the common pool of a small machine
    // has one thread for all.
    Executor threads = task -> new Thread(task, "start").start();
    var kafka = CompletableFuture.supplyAsync(() -> startKafka(data.resolve("kafka")), threads);
    var postgres =
        CompletableFuture.supplyAsync(() -> startPostgres(data.resolve("postgres")), threads);
    var kubeconfig = CompletableFuture.supplyAsync(() -> startKubernetes(data), threads);
    Map<String, String> told = new LinkedHashMap<>();
    try {
      told.put("KAFKA_BOOTSTRAP_SERVERS", kafka.join().bootstrapServers());
      LocalPostgres server = postgres.join();
      told.put("KUBECONFIG", kubeconfig.join().toString());
      told.put("FLINTWHEEL_STATUS_JDBC_URL", server.jdbcUrl(STATUS_DATABASE));
      told.put("FLINTWHEEL_SCHEDULER_JDBC_URL", server.jdbcUrl(SCHEDULER_DATABASE));
      told.put("FLINTWHEEL_JDBC_USERNAME", server.username());
      told.put("FLINTWHEEL_JDBC_PASSWORD", server.password());
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
    announce(told);
  }

  private LocalKafka startKafka(Path directory) {
    LocalKafka kafka = closing(LocalKafka.start(directory, options.kafkaPort()));
    kafka.createTopics();
    return kafka;
  }

  private LocalPostgres startPostgres(Path directory) {
    LocalPostgres postgres = closing(LocalPostgres.start(directory, options.postgresPort()));
    postgres.createDatabase(STATUS_DATABASE);
    postgres.createDatabase(SCHEDULER_DATABASE);
    return postgres;
  }

  private Path startKubernetes(Path data) {
    try {
      Path directory = data.resolve("kubernetes");
      LocalApiServer server = closing(LocalApiServer.start(directory, options.kubernetesPort()));
      Path kubeconfig = options.home().resolve("kubeconfig");
      Files.copy(
          server.kubeconfig(),
          kubeconfig,
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);
      closing(
          ProcessNode.start(
              ProcessNodeConfig.of(
                      kubeconfig, directory.resolve("pki"), options.image(), data.resolve("node"))
                  .withUserJars(options.home().resolve("jars"))));
      return kubeconfig;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start Kubernetes", e);
    }
  }

  private <T extends AutoCloseable> T closing(T part) {
    synchronized (started) {
      started.push(part);
    }
    return part;
  }

  /** Moved into place as a whole: whoever sees it can rely on it. */
  private void announce(Map<String, String> addresses) throws IOException {
    StringBuilder text = new StringBuilder();
    addresses.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    Path unfinished = announcement().resolveSibling("local-cluster.env.new");
    Files.createDirectories(unfinished.getParent());
    Files.writeString(unfinished, text);
    Files.move(unfinished, announcement(), StandardCopyOption.REPLACE_EXISTING);
  }

  private Path announcement() {
    return options.home().resolve("run/local-cluster.env");
  }

  /** Stops what was started, the last first. */
  @Override
  public void close() {
    Logger log = LoggerFactory.getLogger(LocalCluster.class);
    try {
      Files.deleteIfExists(announcement());
    } catch (IOException e) {
      log.warn("Cannot delete file={}", announcement(), e);
    }
    synchronized (started) {
      while (!started.isEmpty()) {
        AutoCloseable part = started.pop();
        try {
          part.close();
        } catch (Exception e) { // AutoCloseable declares it; the others must be stopped, too.
          log.warn("Did not stop in good order part={}", part.getClass().getSimpleName(), e);
        }
      }
    }
  }
}
