package io.flintwheel.cli.cluster;

import io.flintwheel.cli.CliFailure;
import io.flintwheel.cli.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A process, told from every other that will ever have its number.
 *
 * @param pid its number, which the system gives to others later
 * @param birth when it was started: the boot and the clock ticks since
 */
public record ProcessRecord(long pid, String birth) {

  private static final Pattern SPACE = Pattern.compile(" ");

  /** The running process of that number; empty when there is none, or when it is a zombie. */
  static Optional<ProcessRecord> running(long pid) {
    try {
      List<String> fields = fields(pid);
      String state = fields.get(0);
      String startTicks = fields.get(19);
      return state.equals("Z")
          ? Optional.empty()
          : Optional.of(new ProcessRecord(pid, boot() + "-" + startTicks));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** This process. */
  public static ProcessRecord ofThis() {
    return running(ProcessHandle.current().pid())
        .orElseThrow(() -> new CliFailure("Cannot read /proc/self/stat"));
  }

  /** What {@link #asWord()} says; empty when it was written by nobody of ours. */
  public static Optional<ProcessRecord> ofWord(String word) {
    int dot = word.indexOf('.');
    return dot < 0 ? Optional.empty() : of(word.substring(0, dot), word.substring(dot + 1));
  }

  /** In one word, as a label's value may be: {@code <pid>.<boot>-<ticks>}. */
  public String asWord() {
    return pid + "." + birth;
  }

  private static Optional<ProcessRecord> of(String pid, String birth) {
    return pid.matches("[0-9]{1,10}") && !birth.isEmpty()
        ? Optional.of(new ProcessRecord(Long.parseLong(pid), birth))
        : Optional.empty();
  }

  /** Whether it was stopped by a signal and will do nothing until it is continued. */
  static boolean isFrozen(long pid) {
    try {
      return fields(pid).get(0).equals("T");
    } catch (IOException e) {
      return false;
    }
  }

  /** What helps a process that is frozen; empty when it is not. */
  static Optional<String> frozenRemedy(long pid) {
    return isFrozen(pid)
        ? Optional.of("it is frozen: kill -CONT %d lets it go on".formatted(pid))
        : Optional.empty();
  }

  /** What the file says, whether that process still runs or not. */
  static Optional<ProcessRecord> read(Path file) {
    try {
      List<String> words = SPACE.splitAsStream(Files.readString(file).strip()).toList();
      return words.size() == 2 ? of(words.get(0), words.get(1)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  void write(Path file) {
    try {
      Files.writeString(file, pid + " " + birth + "\n");
    } catch (IOException e) {
      throw new CliFailure("Cannot write " + file + ": " + FileTrouble.of(file, e), e);
    }
  }

  /** Its handle as long as this very process lives. */
  public Optional<ProcessHandle> alive() {
    return running(pid).filter(this::equals).flatMap(same -> ProcessHandle.of(pid));
  }

  /** From the state on. */
  private static List<String> fields(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    // The program's name is in parentheses and may contain anything, so count from its end.
    return SPACE.splitAsStream(stat.substring(stat.lastIndexOf(')') + 2)).toList();
  }

  private static String boot() throws IOException {
    return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
  }
}
