package io.flintwheel.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariableExpansionTest {

  @ParameterizedTest
  @CsvSource({
    "$(NAME), value",
    "a-$(NAME)-$(NAME), a-value-value",
    "$(OTHER), $(OTHER)",
    "$$(NAME), $(NAME)",
    "$$$(NAME), $value",
    "$NAME, $NAME",
    "$(NAME, $(NAME",
    "$(ODD), $1",
  })
  void expandsAsAKubeletDoes(String text, String expected) {
    String expanded = VariableExpansion.expand(text, Map.of("NAME", "value", "ODD", "$1"));

    assertThat(expanded).isEqualTo(expected);
  }
}
