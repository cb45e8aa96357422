package io.flintwheel.local.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * When which part of a log was written. Containers write straight to their file, so that they and
 * their output outlive the node; the node notes the file's size a few times a second, and a line's
 * time is that of the first note that covers it.
 */
final class LogTimes {

  private static final int ENTRY = 2 * Long.BYTES;

  private final Path log;
  private final Path file;
  private long noted;

  LogTimes(ContainerDirectory directory) throws IOException {
    this.log = directory.log();
    this.file = directory.logTimes();
    ByteBuffer entries = entries(file);
    this.noted = entries.limit() >= ENTRY ? entries.getLong(entries.limit() - ENTRY) : 0;
  }

  /** Notes how long the log is by now. */
  synchronized void note(Instant now) throws IOException {
    long size = Files.exists(log) ? Files.size(log) : 0;
    if (size <= noted) {
      return;
    }
    ByteBuffer entry = ByteBuffer.allocate(ENTRY).putLong(size).putLong(now.toEpochMilli());
    Files.write(file, entry.array(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    noted = size;
  }

  /** When the byte at the offset was first seen; now, when no note covers it yet. */
  static Instant at(Path file, long offset, Instant now) throws IOException {
    ByteBuffer entries = entries(file);
    int low = 0;
    int high = entries.limit() / ENTRY;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entries.getLong(middle * ENTRY) > offset) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low * ENTRY < entries.limit()
        ? Instant.ofEpochMilli(entries.getLong(low * ENTRY + Long.BYTES))
        : now;
  }

  /** The offset from which on everything was written at or after the instant. */
  static long offsetAt(Path file, Instant since) throws IOException {
    ByteBuffer entries = entries(file);
    long offset = 0;
    for (int at = 0; at < entries.limit(); at += ENTRY) {
      if (entries.getLong(at + Long.BYTES) >= since.toEpochMilli()) {
        return offset;
      }
      offset = entries.getLong(at);
    }
    return offset;
  }

  private static ByteBuffer entries(Path file) throws IOException {
    byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    return ByteBuffer.wrap(bytes, 0, bytes.length - bytes.length % ENTRY);
  }
}
