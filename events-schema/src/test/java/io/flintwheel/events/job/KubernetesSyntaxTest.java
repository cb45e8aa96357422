package io.flintwheel.events.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesSyntaxTest {

  private static final String LONGEST =
      "a23456789012345678901234567890123456789012345678901234567890123";

  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "team-a", LONGEST})
  void takesNamespaces(String text) {
    assertThat(KubernetesSyntax.isNamespace(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a-", "A", "a.b", "a_b", LONGEST + "4", "a\n"})
  void refusesWhatIsNoNamespace(String text) {
    assertThat(KubernetesSyntax.isNamespace(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "A.b_c-d", "example.com/team", LONGEST, "a.b-c.d/" + LONGEST})
  void takesLabelKeys(String text) {
    assertThat(KubernetesSyntax.isLabelKey(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/a", "a/", "a/b/c", "-a", "a-", "a b", "Ex.com/a", "x..y/a", LONGEST + "4"})
  void refusesWhatIsNoLabelKey(String text) {
    assertThat(KubernetesSyntax.isLabelKey(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "4.1.1", "A_b-c", LONGEST})
  void takesLabelValues(String text) {
    assertThat(KubernetesSyntax.isLabelValue(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", "a b", "a/b", ".a", "\u00e9", LONGEST + "4"})
  void refusesWhatIsNoLabelValue(String text) {
    assertThat(KubernetesSyntax.isLabelValue(text)).isFalse();
  }
}
