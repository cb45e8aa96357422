package io.flintwheel.status;

import io.flintwheel.local.LoopbackPort;
import io.flintwheel.testing.KafkaTestResource;
import io.flintwheel.testing.KubernetesTestResource;
import io.flintwheel.testing.PostgresTestResource;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged service as a process of its own, which can be killed. */
final class ServiceProcess implements AutoCloseable {

  private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");

  private final Path log;
  private final int port;
  private final String kafka;
  private Process process;

  private ServiceProcess(Path log, int port, String kafka) throws IOException {
    this.log = log;
    this.port = port;
    this.kafka = kafka;
    this.process = launch();
  }

  static ServiceProcess start(Path directory) throws IOException {
    return start(directory, KafkaTestResource.kafka().bootstrapServers());
  }

  static ServiceProcess start(Path directory, String kafka) throws IOException {
    return new ServiceProcess(directory.resolve("service.log"), LoopbackPort.free(), kafka);
  }

  /** Lets REST Assured ask this service. */
  void isAsked() {
    RestAssured.baseURI = "http://127.0.0.1";
    RestAssured.port = port;
  }

  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(10, TimeUnit.SECONDS);
  }

  void restart() throws IOException {
    process = launch();
  }

  private Process launch() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx192m",
                "-Dflintwheel.watch.lost-grace=PT1S",
                "-Dflintwheel.watch.reconcile-every=PT1S",
                "-Dflintwheel.kafka.session-timeout=PT6S",
                "-jar",
                JAR.toString()));
    builder
        .environment()
        .putAll(
            Map.of(
                "QUARKUS_HTTP_HOST", "127.0.0.1",
                "QUARKUS_HTTP_PORT", Integer.toString(port),
                "KAFKA_BOOTSTRAP_SERVERS", kafka,
                "QUARKUS_DATASOURCE_JDBC_URL",
                    PostgresTestResource.postgres().jdbcUrl("flintwheel_status"),
                "QUARKUS_DATASOURCE_USERNAME", PostgresTestResource.postgres().username(),
                "QUARKUS_DATASOURCE_PASSWORD", PostgresTestResource.postgres().password(),
                "KUBECONFIG", KubernetesTestResource.kubeconfig().toString()));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return builder.start();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
