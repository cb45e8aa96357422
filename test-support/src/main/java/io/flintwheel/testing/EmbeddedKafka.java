package io.flintwheel.testing;

import io.flintwheel.local.kafka.LocalKafka;
import java.nio.file.Path;

/** The broker of the local cluster, in this process. */
final class EmbeddedKafka implements TestKafka {

  private final LocalKafka kafka;

  private EmbeddedKafka(LocalKafka kafka) {
    this.kafka = kafka;
  }

  static EmbeddedKafka start(Path directory) {
    LocalKafka kafka = LocalKafka.start(directory, 0);
    kafka.createTopics();
    return new EmbeddedKafka(kafka);
  }

  @Override
  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  @Override
  public void stop() {
    kafka.stop();
  }

  @Override
  public void restart() {
    kafka.restart();
  }

  @Override
  public void close() {
    kafka.close();
  }
}
