package io.flintwheel.status.logs;

import java.io.IOException;
import java.io.InputStream;

/** Keeps the last bytes of what goes through it, however much that is. */
final class TailBuffer {

  private final byte[] ring;
  private long written;

  TailBuffer(int size) {
    this.ring = new byte[size];
  }

  void readAll(InputStream in) throws IOException {
    byte[] chunk = new byte[8192];
    int count = in.read(chunk);
    while (count >= 0) {
      write(chunk, count);
      count = in.read(chunk);
    }
  }

  private void write(byte[] chunk, int count) {
    for (int i = 0; i < count; i++) {
      ring[(int) ((written + i) % ring.length)] = chunk[i];
    }
    written += count;
  }

  boolean isCut() {
    return written > ring.length;
  }

  byte[] content() {
    int size = (int) Math.min(written, ring.length);
    byte[] content = new byte[size];
    long from = written - size;
    for (int i = 0; i < size; i++) {
      content[i] = ring[(int) ((from + i) % ring.length)];
    }
    return content;
  }
}
