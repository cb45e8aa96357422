package io.flintwheel.cli.cluster;

import io.flintwheel.cli.CliFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds out whether a port is taken, and by whom as far as this user may know. */
final class PortHolder {

  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final String LISTENING = "0A";
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private PortHolder() {}

  /**
   * Fails, naming the port, who seems to hold it and how to take another.
   *
   * @param command what the user has asked for, such as {@code up}
   */
  static void requireFree(Ports ports, Iterable<Port> wanted, String command) {
    for (Port port : wanted) {
      int number = ports.of(port);
      if (isTaken(number)) {
        throw new CliFailure(
            "Port %d, which %s needs, is taken by %s. Stop that, or choose another port: %s=<port> ./flintwheel %s"
                .formatted(
                    number,
                    port.user(),
                    holder(number).orElse("another program (perhaps of another user)"),
                    port.variable(),
                    command));
      }
    }
  }

  static boolean isTaken(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static Optional<String> holder(int port) {
    return Stream.of("tcp", "tcp6")
        .flatMap(family -> inodes(Path.of("/proc/net/" + family), port).stream())
        .flatMap(inode -> owner(inode).stream())
        .findFirst();
  }

  private static List<String> inodes(Path table, int port) {
    String suffix = ":%04X".formatted(port);
    try {
      return Files.readAllLines(table).stream()
          .map(line -> BLANKS.splitAsStream(line.strip()).toList())
          .filter(
              column ->
                  column.size() > 9
                      && column.get(1).endsWith(suffix)
                      && column.get(3).equals(LISTENING))
          .map(column -> column.get(9))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Optional<String> owner(String inode) {
    return ProcessHandle.allProcesses()
        .filter(process -> holds(process.pid(), "socket:[" + inode + "]"))
        .findFirst()
        .map(process -> "'" + title(process.pid()) + "' (process " + process.pid() + ")");
  }

  private static boolean holds(long pid, String socket) {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return descriptors.anyMatch(descriptor -> target(descriptor).equals(socket));
    } catch (IOException e) {
      return false; // Another user's, or gone.
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static String title(long pid) {
    try {
      String line =
          new String(
                  Files.readAllBytes(Path.of("/proc/" + pid + "/cmdline")), StandardCharsets.UTF_8)
              .replace('\0', ' ')
              .strip();
      String mainClass =
          BLANKS
              .splitAsStream(line)
              .filter(word -> word.matches("([a-z0-9_]+\\.)+[A-Z]\\w*|.*\\.jar"))
              .reduce((first, second) -> second)
              .orElse("");
      String program = BLANKS.splitAsStream(line).findFirst().orElse("");
      return mainClass.isEmpty() || !program.toLowerCase(Locale.ROOT).endsWith("java")
          ? abbreviate(line)
          : "java " + mainClass;
    } catch (IOException e) {
      return "?";
    }
  }

  private static String abbreviate(String line) {
    return line.length() <= 60 ? line : line.substring(0, 60) + "...";
  }
}
