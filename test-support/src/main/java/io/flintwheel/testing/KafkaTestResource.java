package io.flintwheel.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives a {@code @QuarkusTest} a broker with all of Flintwheel's topics; one for the whole JVM.
 *
 * <p>System property {@code flintwheel.test.kafka}: {@code embedded} (default) or {@code
 * containers}, which takes it from Testcontainers.
 */
public final class KafkaTestResource implements QuarkusTestResourceLifecycleManager {

  private static @Nullable TestKafka kafka;

  /** The running broker; started by the first who asks. */
  public static synchronized TestKafka kafka() {
    if (kafka == null) {
      kafka = startNew();
    }
    return kafka;
  }

  private static TestKafka startNew() {
    String kind = System.getProperty("flintwheel.test.kafka", "embedded");
    return switch (kind) {
      case "embedded" -> EmbeddedKafka.start();
      case "containers" -> ContainerKafka.start();
      default ->
          throw new IllegalArgumentException(
              "flintwheel.test.kafka must be embedded or containers, not '" + kind + "'");
    };
  }

  @Override
  public Map<String, String> start() {
    Map<String, String> config = new LinkedHashMap<>(QuietLogs.ofKafka());
    config.put("kafka.bootstrap.servers", kafka().bootstrapServers());
    return config;
  }

  /** Leaves it to the tests of other profiles in this JVM. */
  @Override
  public void stop() {}
}
