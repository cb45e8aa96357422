package io.flintwheel.status.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class OpenAnswerTest {

  private final CountedBody body = new CountedBody();
  private final InputStream answer = new OpenAnswer(body);

  @Test
  void keepsItsConnectionWhenItHasEnded() throws IOException {
    answer.readAllBytes();

    answer.close();

    assertThat(body.closed).isZero();
  }

  @Test
  void keepsItsConnectionWhenItHasEndedByteByByte() throws IOException {
    while (answer.read() >= 0) {
      // To the end.
    }

    answer.close();

    assertThat(body.closed).isZero();
  }

  @Test
  void givesUpItsConnectionWhenItIsLeftBeforeItsEnd() throws IOException {
    answer.readNBytes(2);

    answer.close();

    assertThat(body.closed).isOne();
  }

  private static final class CountedBody extends ByteArrayInputStream {

    private int closed;

    private CountedBody() {
      super(new byte[] {1, 2, 3});
    }

    @Override
    public void close() {
      closed++;
    }
  }
}
