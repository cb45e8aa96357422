package io.flintwheel.status.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TailBufferTest {

  @Property
  void keepsTheLastBytesAndNoMore(
      @ForAll byte[] written, @ForAll @IntRange(min = 1, max = 50) int size) throws IOException {
    TailBuffer buffer = new TailBuffer(size);

    buffer.readAll(new ByteArrayInputStream(written));

    int kept = Math.min(size, written.length);
    assertThat(buffer.content())
        .isEqualTo(java.util.Arrays.copyOfRange(written, written.length - kept, written.length));
    assertThat(buffer.isCut()).isEqualTo(written.length > size);
  }

  @ParameterizedTest
  @CsvSource({
    "'a\nb\nc\n', 1, 'c\n'",
    "'a\nb\nc\n', 2, 'b\nc\n'",
    "'a\nb\nc', 2, 'b\nc'",
    "'a\nb\n', 9, 'a\nb\n'",
    "'', 3, ''",
  })
  void givesTheLastLines(String content, int lines, String expected) {
    ArchivedLog log = new ArchivedLog(content.getBytes(StandardCharsets.UTF_8), true, false);

    byte[] tail = log.tail(lines);

    assertThat(new String(tail, StandardCharsets.UTF_8)).isEqualTo(expected);
  }
}
