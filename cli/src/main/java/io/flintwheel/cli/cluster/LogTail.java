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

  private static final int BYTES = 64 * 1024;
  private static final int WORDS = 300;

  private LogTail() {}

  /** The last lines of a log, at most the last 64 KiB. */
  public static List<String> lines(Path log, int count) {
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
      return lines.subList(Math.max(0, lines.size() - count), lines.size());
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The line that most likely says why a part has ended. */
  static String lastWords(Path log) {
    List<String> lines = lines(log, 200).stream().filter(line -> !line.isBlank()).toList();
    return lines.stream()
        .filter(line -> line.contains("Caused by") || line.contains("ERROR"))
        .reduce((first, second) -> second)
        .or(() -> lines.stream().reduce((first, second) -> second))
        .map(line -> line.length() <= WORDS ? line : line.substring(0, WORDS) + "...")
        .orElse("(none)");
  }

  /** Prints what is appended to a log, for as long as it is there. */
  public static void follow(Path log, PrintStream out) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(file.length());
      byte[] bytes = new byte[8192];
      while (Files.exists(log) && !Thread.currentThread().isInterrupted()) {
        int read = file.read(bytes);
        if (read > 0) {
          out.write(bytes, 0, read);
          out.flush();
        } else {
          LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
      }
    } catch (IOException e) {
      throw new CliFailure("Cannot read " + log + ": " + FileTrouble.of(log, e), e);
    }
  }
}
