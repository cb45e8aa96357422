package io.flintwheel.cli.cluster;

import io.flintwheel.cli.CliFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
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
  private static final Pattern MAIN_CLASS =
      Pattern.compile("(?:[\\w.]+/)?(?:[a-z0-9_]+\\.)+[A-Z][\\w$]*");

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
        .map(
            process ->
                "'"
                    + title(CommandLineOf.process(process.pid()))
                    + "' (process "
                    + process.pid()
                    + ")");
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

  /** Of a JVM what it runs: its command line begins with pages of options. */
  static String title(List<String> commandLine) {
    if (commandLine.isEmpty()) {
      return "?";
    }
    String program = commandLine.get(0).toLowerCase(Locale.ROOT);
    return Optional.of(commandLine)
        .filter(words -> program.endsWith("java"))
        .flatMap(PortHolder::whatItRuns)
        .map(main -> "java " + main)
        .orElseGet(() -> abbreviate(String.join(" ", commandLine).strip()));
  }

  private static Optional<String> whatItRuns(List<String> java) {
    int jar = java.indexOf("-jar");
    return jar > 0 && jar + 1 < java.size()
        ? Optional.of(java.get(jar + 1))
        : java.stream().skip(1).filter(word -> MAIN_CLASS.matcher(word).matches()).findFirst();
  }

  private static String abbreviate(String line) {
    return line.length() <= 60 ? line : line.substring(0, 60) + "...";
  }
}
