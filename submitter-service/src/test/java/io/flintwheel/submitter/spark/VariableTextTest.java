package io.flintwheel.submitter.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases of Kubernetes' own {@code expansion.Expand}. */
class VariableTextTest {

  @ParameterizedTest
  @CsvSource({
    "$(A), <A>",
    "$$(A), $$(A)",
    "$$$(A), $$<A>",
    "$$$$(A), $$$$(A)",
    "x$(A)y$(B), x<A>y<B>",
    "$(A, $$(A",
    "$A, $$A",
    "x$, x$$",
    "$(), <>",
    "$($(A)), <$(A>)",
    "plain, plain"
  })
  void replacesReferencesAndEscapesEveryOtherDollar(String value, String expected) {
    Optional<String> written = VariableText.rewrite(value, name -> "<" + name + ">", 100);

    assertThat(written).contains(expected);
  }

  @Test
  void stopsAtTheLimit() {
    Optional<String> written = VariableText.rewrite("$(A)$(A)$(A)", name -> "x".repeat(10), 29);

    assertThat(written).isEmpty();
  }

  @Test
  void findsReferencesThatAreNotEscaped() {
    assertThat(VariableText.references("$(A)$$(B)$$$(C)$D")).containsExactly("A", "C");
  }
}
