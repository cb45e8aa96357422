package io.flintwheel.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProblemWordsTest {

  @Test
  void saysEachProblemOnceWithWhatWouldBeRight() {
    String body =
        """
        {"type": "about:blank", "title": "Bad Request", "status": 400,
         "detail": "tail: 'x' is no number", "field": "tail", "expected": "a number",
         "problems": [{"field": "tail", "message": "'x' is no number", "expected": "a number"},
                      {"field": "", "message": "the body is no object"}]}
        """;

    String words = ProblemWords.ofAnswer(body);

    assertThat(words)
        .isEqualTo("tail: 'x' is no number (expected: a number); the body is no object");
  }

  @Test
  void saysTheDetailOfAnErrorThatIsNoFields() {
    String words = ProblemWords.ofAnswer("{\"status\": 503, \"detail\": \"try again\"}");

    assertThat(words).isEqualTo("try again");
  }

  @Test
  void showsTheBeginningOfWhatIsNoProblemDocument() {
    String words = ProblemWords.ofAnswer("<html>" + "x".repeat(300));

    assertThat(words).startsWith("<html>").hasSize(203);
  }
}
