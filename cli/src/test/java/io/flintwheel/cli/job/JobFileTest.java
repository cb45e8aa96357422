package io.flintwheel.cli.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flintwheel.cli.CliFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobFileTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[{\"type\": \"Scala\"}]",
        "- type: Scala\n---\ntype: Java\n",
        "a: 1\n---\n[]"
      })
  void saysThatAListIsNoJobAndHowToGiveSeveral(String text) {
    assertThatThrownBy(() -> JobFile.parse("arr.json", text))
        .isInstanceOf(CliFailure.class)
        .hasMessageStartingWith("arr.json is a list; expected a CloudEvent, ")
        .hasMessageContaining("a line --- between them");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "---\n", "null"})
  void saysThatAFileIsEmpty(String text) {
    assertThatThrownBy(() -> JobFile.parse("x.yaml", text))
        .isInstanceOf(CliFailure.class)
        .hasMessageStartingWith("x.yaml is empty; expected a CloudEvent, ");
  }

  @Test
  void readsEveryDocumentOfAFile() {
    JobFile file = JobFile.parse("x.yaml", "---\ntype: Scala\n---\n---\n{\"type\": \"Java\"}\n");

    assertThat(file.documents())
        .extracting(document -> document.path("type").asText())
        .containsExactly("Scala", "Java");
  }
}
