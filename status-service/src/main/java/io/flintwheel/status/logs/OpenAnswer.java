package io.flintwheel.status.logs;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The body of an answer. Closed before its end, it gives up its connection; once it has been read
 * to the end it must not, because the client has lent that connection to another request already.
 */
final class OpenAnswer extends FilterInputStream {

  private volatile boolean ended;

  OpenAnswer(InputStream body) {
    super(body);
  }

  @Override
  public int read() throws IOException {
    return noteEnd(super.read());
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    return noteEnd(super.read(bytes, from, length));
  }

  @Override
  public void close() throws IOException {
    if (!ended) {
      super.close();
    }
  }

  private int noteEnd(int read) {
    ended |= read < 0;
    return read;
  }
}
