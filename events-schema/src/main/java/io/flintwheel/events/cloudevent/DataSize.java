package io.flintwheel.events.cloudevent;

import io.flintwheel.events.EventJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Measures data as JSON without blanks, so that a pretty-printed request is not larger. */
final class DataSize {

  private DataSize() {}

  static int of(Object data) {
    Counter counter = new Counter();
    try {
      EventJson.mapper().writeValue(counter, data);
    } catch (IOException e) {
      throw new UncheckedIOException("a message cannot be written as JSON", e);
    }
    return counter.bytes;
  }

  private static final class Counter extends OutputStream {

    private int bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] b, int off, int len) {
      bytes += len;
    }
  }
}
