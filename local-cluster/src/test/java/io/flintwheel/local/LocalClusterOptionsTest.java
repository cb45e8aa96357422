package io.flintwheel.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LocalClusterOptionsTest {

  private static final String[] GOOD = {
    "--home=/tmp/my home",
    "--image=/tmp/image",
    "--kafka-port=9092",
    "--postgres-port=0",
    "--kubernetes-port=16443"
  };

  @Test
  void readsPathsWithBlanksAndPorts() {
    LocalClusterOptions options = LocalClusterOptions.parse(GOOD);

    assertThat(options)
        .isEqualTo(
            new LocalClusterOptions(
                Path.of("/tmp/my home"), Path.of("/tmp/image"), 9092, 0, 16443));
  }

  @Test
  void namesTheOptionThatIsMissing() {
    assertThatThrownBy(() -> LocalClusterOptions.parse("--home=/tmp", "--image=/tmp"))
        .hasMessage("--kafka-port is missing");
  }

  @Test
  void refusesAPortThatIsNone() {
    String[] arguments = GOOD.clone();
    arguments[2] = "--kafka-port=65536";

    assertThatThrownBy(() -> LocalClusterOptions.parse(arguments))
        .hasMessage("--kafka-port=65536 is no port (0 to 65535)");
  }

  @Test
  void refusesAnOptionThatItDoesNotKnow() {
    String[] arguments = java.util.Arrays.copyOf(GOOD, GOOD.length + 1);
    arguments[GOOD.length] = "--kafak-port=1";

    assertThatThrownBy(() -> LocalClusterOptions.parse(arguments))
        .hasMessageContaining("kafak-port");
  }
}
