package io.flintwheel.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalEnvTest {

  @Test
  void writesPlainValuesAsTheyAre() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092");
    values.put("FLINTWHEEL_STATUS_JDBC_URL", "jdbc:postgresql://127.0.0.1:15432/flintwheel_status");

    String text = new LocalEnv(values).text();

    assertThat(text)
        .isEqualTo(
            """
            KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:9092
            FLINTWHEEL_STATUS_JDBC_URL=jdbc:postgresql://127.0.0.1:15432/flintwheel_status
            """);
  }

  @Test
  void quotesWhatAShellWouldTakeApart() {
    String text = new LocalEnv(Map.of("KUBECONFIG", "/home/o'neil/my code/kubeconfig")).text();

    assertThat(text).isEqualTo("KUBECONFIG='/home/o'\\''neil/my code/kubeconfig'\n");
  }
}
