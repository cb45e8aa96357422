package io.flintwheel.local.node;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/** Reads a container's log, while it is being written or afterwards. */
final class ContainerLog {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
  private static final int CHUNK = 64 * 1024;

  private final ContainerDirectory directory;
  private final Clock clock;

  ContainerLog(ContainerDirectory directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * Copies what is asked for; with {@code follow} until the container no longer runs.
   *
   * @throws InterruptedException when the node stops meanwhile
   */
  void copy(LogRequest request, BooleanSupplier running, OutputStream out)
      throws IOException, InterruptedException {
    long left = request.limitBytes().orElse(Long.MAX_VALUE);
    try (var log = new RandomAccessFile(directory.log().toFile(), "r")) {
      log.seek(start(request, log));
      var lines = new LineTimes(request.timestamps());
      byte[] chunk = new byte[CHUNK];
      while (left > 0) {
        // Asked before reading: what was written before the end is read after it.
        boolean more = request.follow() && running.getAsBoolean();
        long offset = log.getFilePointer();
        int read = log.read(chunk);
        if (read > 0) {
          byte[] bytes = lines.stamp(chunk, read, offset);
          int length = (int) Math.min(left, bytes.length);
          out.write(bytes, 0, length);
          out.flush();
          left -= length;
        } else if (more) {
          Thread.sleep(LOOK_AGAIN.toMillis());
        } else {
          return;
        }
      }
    }
  }

  /** The end of the log, for a container that left no message of its own. */
  String tail(int maxLines, int maxBytes) throws IOException {
    if (!Files.exists(directory.log())) {
      return "";
    }
    try (var log = new RandomAccessFile(directory.log().toFile(), "r")) {
      long from = Math.max(log.length() - maxBytes, lastLines(log, maxLines, log.length()));
      byte[] bytes = new byte[(int) (log.length() - from)];
      log.seek(from);
      log.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private long start(LogRequest request, RandomAccessFile log) throws IOException {
    long start = 0;
    if (request.since().isPresent()) {
      start = LogTimes.offsetAt(directory.logTimes(), request.since().get());
    }
    if (request.tailLines().isPresent()) {
      start = Math.max(start, lastLines(log, request.tailLines().getAsLong(), log.length()));
    }
    return start;
  }

  private static long lastLines(RandomAccessFile log, long lines, long end) throws IOException {
    if (lines == 0) {
      return end;
    }
    byte[] chunk = new byte[CHUNK];
    long found = 0;
    long position = end;
    while (position > 0) {
      int length = (int) Math.min(CHUNK, position);
      position -= length;
      log.seek(position);
      log.readFully(chunk, 0, length);
      for (int i = length - 1; i >= 0; i--) {
        boolean endsTheLog = position + i == end - 1;
        if (chunk[i] == '\n' && !endsTheLog && ++found == lines) {
          return position + i + 1;
        }
      }
    }
    return 0;
  }

  private final class LineTimes {

    private final boolean wanted;
    private boolean atLineStart = true;

    private LineTimes(boolean wanted) {
      this.wanted = wanted;
    }

    private byte[] stamp(byte[] chunk, int length, long offset) throws IOException {
      if (!wanted) {
        return Arrays.copyOf(chunk, length);
      }
      var stamped = new ByteArrayOutputStream(length);
      for (int i = 0; i < length; i++) {
        if (atLineStart) {
          Instant time = LogTimes.at(directory.logTimes(), offset + i, clock.instant());
          stamped.writeBytes(
              (Timestamps.formatNanos(time) + " ").getBytes(StandardCharsets.US_ASCII));
        }
        atLineStart = chunk[i] == '\n';
        stamped.write(chunk[i]);
      }
      return stamped.toByteArray();
    }
  }
}
