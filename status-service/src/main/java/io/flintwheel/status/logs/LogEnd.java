package io.flintwheel.status.logs;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The last bytes of a log.
 *
 * @param content as the driver wrote it
 * @param cut true when there was more before
 */
@SuppressWarnings("ArrayRecordComponent") // Up to a mebibyte; nobody compares or changes it.
record LogEnd(byte[] content, boolean cut) {

  /** Reads a log to its end and keeps the last bytes of it; the caller closes it. */
  static LogEnd read(InputStream log, int mostBytes) throws IOException {
    TailBuffer tail = new TailBuffer(mostBytes);
    tail.readAll(log);
    return new LogEnd(tail.content(), tail.isCut());
  }

  /** The last lines of it. */
  LogEnd lines(int lines) {
    int end = content.length;
    int from = end;
    int seen = content.length > 0 && content[end - 1] == '\n' ? -1 : 0;
    while (from > 0) {
      if (content[from - 1] == '\n' && ++seen == lines) {
        return new LogEnd(Arrays.copyOfRange(content, from, end), false);
      }
      from--;
    }
    return this;
  }
}
