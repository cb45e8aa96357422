package io.flintwheel.testing;

import java.nio.file.Path;

/**
 * Where all tests take their broker from; it has Flintwheel's topics.
 *
 * <p>System property {@code flintwheel.test.kafka}: {@code embedded} (default), the broker of the
 * local cluster in this JVM, or {@code containers}, which takes it from Testcontainers.
 */
public final class Brokers {

  private Brokers() {}

  /**
   * Starts a broker of the caller's own, who closes it.
   *
   * @param directory for its data, when it is embedded
   */
  public static TestKafka start(Path directory) {
    return start(System.getProperty("flintwheel.test.kafka", "embedded"), directory);
  }

  static TestKafka start(String kind, Path directory) {
    return switch (kind) {
      case "embedded" -> EmbeddedKafka.start(directory);
      case "containers" -> ContainerKafka.start();
      default ->
          throw new IllegalArgumentException(
              "flintwheel.test.kafka must be embedded or containers, not '" + kind + "'");
    };
  }
}
