package io.flintwheel.local.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionStringTest {

  @Test
  void splitsAtBlanksOutsideQuotes() {
    List<String> options = OptionString.split(" -Da=1  -Db=\"x y\" '-Dc=a\\b' -Dd=\\\"q ");

    assertThat(options).containsExactly("-Da=1", "-Db=x y", "-Dc=a\\b", "-Dd=\"q");
  }

  @Test
  void refusesAQuoteThatIsNotClosed() {
    assertThatThrownBy(() -> OptionString.split("-Da='x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-Da='x");
  }
}
