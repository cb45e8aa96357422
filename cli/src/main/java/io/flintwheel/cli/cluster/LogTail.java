package io.flintwheel.cli.cluster;

import io.flintwheel.cli.CliFailure;
import io.flintwheel.cli.FileTrouble;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The end of a log file. */
public final class LogTail {

  private static final int WORTH_A_LOOK = 200;
  private static final int BYTES = 64 * 1024;
  private static final int BLOCK = 8 * 1024;
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int WORDS = 300;

  private LogTail() {}

  private static List<String> lastLines(Path log) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.max(0, file.length() - BYTES);
      file.seek(from);
      byte[] bytes = new byte[(int) (file.length() - from)];
      file.readFully(bytes);
      List<String> lines =
          new ArrayList<>(new String(bytes, StandardCharsets.UTF_8).lines().toList());
      if (from > 0 && !lines.isEmpty()) {
        lines.remove(0);
      }
      return lines.subList(Math.max(0, lines.size() - WORTH_A_LOOK), lines.size());
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The line that most likely says why a part has ended. */
  static String lastWords(Path log) {
    List<String> lines = lastLines(log).stream().filter(line -> !line.isBlank()).toList();
    return lines.stream()
        .filter(line -> line.contains("Caused by") || line.contains("ERROR"))
        .reduce((first, second) -> second)
        .or(() -> lines.stream().reduce((first, second) -> second))
        .map(line -> line.length() <= WORDS ? line : line.substring(0, WORDS) + "...")
        .orElse("(none)");
  }

  /**
   * Prints the end of a log as it is.
   *
   * @param count of last lines
   * @param follow whether to go on with what is appended, for as long as the log is there
   */
  public static void print(Path log, int count, boolean follow, PrintStream out) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(startOfLast(file, count));
      byte[] bytes = new byte[BLOCK];
      while (!Thread.currentThread().isInterrupted()) {
        int read = file.read(bytes);
        if (read > 0) {
          out.write(bytes, 0, read);
          out.flush();
        } else if (follow && Files.exists(log)) {
          LockSupport.parkNanos(PAUSE.toNanos());
        } else {
          return;
        }
      }
    } catch (IOException e) {
      throw new CliFailure("Cannot read " + log + ": " + FileTrouble.of(log, e), e);
    }
  }

  /** Where the last lines begin, looked for from the end: a log may be large. */
  private static long startOfLast(RandomAccessFile file, int count) throws IOException {
    long end = file.length();
    if (count == 0) {
      return end;
    }
    int newlines = 0;
    byte[] bytes = new byte[BLOCK];
    for (long to = end; to > 0; to = Math.max(0, to - BLOCK)) {
      int length = (int) Math.min(BLOCK, to);
      file.seek(to - length);
      file.readFully(bytes, 0, length);
      for (int i = length - 1; i >= 0; i--) {
        long next = to - length + i + 1;
        // The newline at the very end begins no line.
        if (bytes[i] == '\n' && next < end && ++newlines == count) {
          return next;
        }
      }
    }
    return 0;
  }
}
