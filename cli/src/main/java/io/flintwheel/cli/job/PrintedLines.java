package io.flintwheel.cli.job;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What was printed of a log, as much as it takes to find the place in that log again. */
final class PrintedLines {

  /** The service keeps no more than the end of a log, so that these must be few. */
  private static final int LINES = 200;

  private static final int CHARACTERS = 64 * 1024;

  private final Deque<String> last = new ArrayDeque<>();
  private int characters;
  private int count;
  private boolean fromStart;

  /**
   * @param fromStart whether the first of them is the first line that the service keeps
   */
  PrintedLines(boolean fromStart) {
    this.fromStart = fromStart;
  }

  void add(String line) {
    last.addLast(line);
    characters += line.length();
    count++;
    while (last.size() > LINES || (characters > CHARACTERS && last.size() > 1)) {
      characters -= last.removeFirst().length();
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** To be called when none was printed yet, and the next is the first that the service keeps. */
  void fromStart() {
    fromStart = true;
  }

  /** To be called when the next line is not the one that came after these. */
  void interrupted() {
    fromStart = false;
  }

  /**
   * After how many of the log's lines they may end, in order; more than one when the last of them
   * come more than once, none when the log no longer has them.
   */
  List<Integer> endsIn(List<String> log) {
    Deque<String> window = new ArrayDeque<>();
    List<Integer> ends = new ArrayList<>();
    for (int seen = 1; seen <= log.size(); seen++) {
      if (isLast(window, log.get(seen - 1))) {
        if (fromStart && seen == count) {
          return List.of(seen);
        }
        ends.add(seen);
      }
    }
    return ends;
  }

  /** Whether the log's line is the last that was printed, as far as those before it tell. */
  boolean isLast(Deque<String> before, String line) {
    before.addLast(line);
    if (before.size() > last.size()) {
      before.removeFirst();
    }
    return before.size() == last.size()
        && line.equals(last.getLast())
        && List.copyOf(before).equals(List.copyOf(last));
  }
}
