package io.flintwheel.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BrokersTest {

  @Test
  void saysWhatTheSwitchMayBe() {
    assertThatThrownBy(() -> Brokers.start("docker", Path.of("unused")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("flintwheel.test.kafka must be embedded or containers, not 'docker'");
  }
}
