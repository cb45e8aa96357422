package io.flintwheel.local.kafka;

import io.flintwheel.events.Topics;
import io.flintwheel.local.LoopbackPort;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka broker (KRaft) in this process, on 127.0.0.1, whose data outlive it.
 *
 * <p>Topics are not made by using them: {@link #createTopics()} makes those of {@link Topics}.
 */
public final class LocalKafka implements AutoCloseable {

  private final Path directory;
  private final int port;
  private final int controllerPort;
  private @Nullable KafkaRaftServer server;

  private LocalKafka(Path directory, int port, int controllerPort) {
    this.directory = directory;
    this.port = port;
    this.controllerPort = controllerPort;
  }

  /**
   * Starts a broker, and returns when clients can connect.
   *
   * @param directory where its data are, or will be
   * @param port of its clients; 0 takes a free one and keeps it over restarts
   */
  public static LocalKafka start(Path directory, int port) {
    LocalKafka kafka =
        new LocalKafka(directory.toAbsolutePath(), LoopbackPort.orFree(port), LoopbackPort.free());
    kafka.restart();
    return kafka;
  }

  /** What clients take for {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** Makes the topics of {@link Topics} that do not exist yet. */
  public void createTopics() {
    FlintwheelTopics.createMissing(bootstrapServers());
  }

  /** Starts it, or starts it again on the same port with the data it had. */
  public synchronized void restart() {
    stop();
    Properties properties = BrokerProperties.of(directory, port, controllerPort);
    format();
    KafkaRaftServer starting = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
    try {
      starting.startup();
    } catch (RuntimeException e) {
      starting.shutdown();
      throw new IllegalStateException(
          "Kafka did not start on " + bootstrapServers() + " with data in " + directory, e);
    }
    server = starting;
  }

  private void format() {
    if (Files.exists(directory.resolve("meta.properties"))) {
      return;
    }
    try {
      Files.createDirectories(directory);
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setNodeId(BrokerProperties.NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName(BrokerProperties.CONTROLLER)
          .setMetadataLogDirectory(directory.toString())
          .setDirectories(List.of(directory.toString()))
          .run();
    } catch (IOException e) {
      throw new IllegalStateException("cannot make Kafka's data directory " + directory, e);
    } catch (Exception e) { // Formatter.run declares it.
      throw new IllegalStateException("cannot format Kafka's data directory " + directory, e);
    }
  }

  /** Stops it and keeps its data; {@link #restart()} brings it back. */
  public synchronized void stop() {
    KafkaRaftServer running = server;
    server = null;
    if (running != null) {
      running.shutdown();
      running.awaitShutdown();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
