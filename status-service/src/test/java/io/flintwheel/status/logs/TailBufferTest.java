package io.flintwheel.status.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

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
}
