package io.flintwheel.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives a {@code @QuarkusTest} a broker with all of Flintwheel's topics; one for the whole JVM.
 *
 * @see Brokers which broker that is
 */
public final class KafkaTestResource implements QuarkusTestResourceLifecycleManager {

  private static @Nullable TestKafka kafka;

  /** The running broker; started by the first who asks. */
  public static synchronized TestKafka kafka() {
    if (kafka == null) {
      QuietLogs.ofKafkaNow();
      Path directory = ScratchDirectory.create("kafka");
      TestKafka started = Brokers.start(directory);
      ScratchDirectory.deleteAtExit(directory, started::close);
      kafka = started;
    }
    return kafka;
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
