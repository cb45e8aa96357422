package io.flintwheel.cli.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What a process was started as, word by word. */
final class CommandLineOf {

  private static final Pattern NUL = Pattern.compile("\0");

  private CommandLineOf() {}

  /** Its words; none when it is gone, a zombie or another user's. */
  static List<String> process(long pid) {
    try {
      byte[] line = Files.readAllBytes(Path.of("/proc/" + pid + "/cmdline"));
      return NUL.splitAsStream(new String(line, StandardCharsets.UTF_8)).toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
