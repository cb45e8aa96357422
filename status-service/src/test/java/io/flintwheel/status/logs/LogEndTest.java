package io.flintwheel.status.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogEndTest {

  @ParameterizedTest
  @CsvSource({
    "a|b|c|, 1, c|", "a|b|c|, 2, b|c|", "a|b|c|, 3, a|b|c|", "a|b|c|, 9, a|b|c|",
    "a|b|c, 1, c", "a|b|c, 2, b|c", "|, 1, |", "'', 1, ''",
  })
  void hasItsLastLines(String log, int lines, String expected) {
    LogEnd end = new LogEnd(bytes(log), false);

    LogEnd last = end.lines(lines);

    assertThat(last.content()).isEqualTo(bytes(expected));
  }

  private static byte[] bytes(String lines) {
    return lines.replace('|', '\n').getBytes(StandardCharsets.UTF_8);
  }
}
