package io.flintwheel.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogTailIT {

  @TempDir Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          'a\nb\nc\n', 0, ''
          'a\nb\nc\n', 1, 'c\n'
          'a\nb\nc',   1, 'c'
          'a\nb\nc\n', 2, 'b\nc\n'
          'a\n\n\n',   2, '\n\n'
          'a\nb\nc\n', 3, 'a\nb\nc\n'
          'a\nb\nc\n', 9, 'a\nb\nc\n'
          '',          5, ''
          """)
  void printsTheLastLinesAsTheyAre(String log, int count, String expected) throws IOException {
    print(log, count);

    assertThat(text()).isEqualTo(expected);
  }

  @Test
  void printsAllLinesOfALargeLog() throws IOException {
    String log = lines(0, 30_000);

    print(log, Integer.MAX_VALUE);

    assertThat(text()).isEqualTo(log);
  }

  @Test
  void findsTheLastLinesOfALargeLog() throws IOException {
    print(lines(0, 30_000), 12_345);

    assertThat(text()).isEqualTo(lines(30_000 - 12_345, 30_000));
  }

  private void print(String log, int count) throws IOException {
    Path file = Files.writeString(directory.resolve("part.log"), log);
    LogTail.print(file, count, false, new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  private static String lines(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj("line %d ä\n"::formatted)
        .collect(Collectors.joining());
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
