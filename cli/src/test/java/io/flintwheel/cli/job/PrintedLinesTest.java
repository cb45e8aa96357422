package io.flintwheel.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrintedLinesTest {

  @Test
  void areCountedWhenTheyBeganWithTheLog() {
    PrintedLines printed = printed(true, "tick", "tick");

    List<Integer> ends = printed.endsIn(List.of("tick", "tick", "tick", "tick"));

    assertThat(ends).containsExactly(2);
  }

  @Test
  void areFoundBehindOlderLines() {
    PrintedLines printed = printed(false, "three", "four");

    List<Integer> ends = printed.endsIn(List.of("one", "two", "three", "four", "five"));

    assertThat(ends).containsExactly(4);
  }

  @Test
  void mayEndInSeveralPlacesOfALogThatSaysTheSameAgain() {
    PrintedLines printed = printed(false, "tick", "tick");

    List<Integer> ends = printed.endsIn(List.of("tick", "tick", "tick"));

    assertThat(ends).containsExactly(2, 3);
  }

  @Test
  void areNowhereInALogThatIsCutBehindThem() {
    PrintedLines printed = printed(true, "one", "two");

    List<Integer> ends = printed.endsIn(List.of("two", "three"));

    assertThat(ends).isEmpty();
  }

  @Test
  void areFoundByTheirEndInALogWhoseStartIsNoLongerKept() {
    PrintedLines printed = printed(true, numbered(0, 1000));

    List<Integer> ends = printed.endsIn(List.of(numbered(500, 1500)));

    assertThat(ends).containsExactly(500);
  }

  @Test
  void areFoundInALogOfLongLines() {
    String prefix = "x".repeat(50_000);
    PrintedLines printed = printed(false, prefix + 1, prefix + 2, prefix + 3);

    List<Integer> ends = printed.endsIn(List.of(prefix + 3, prefix + 4));

    assertThat(ends).containsExactly(1);
  }

  private static PrintedLines printed(boolean fromStart, String... lines) {
    PrintedLines printed = new PrintedLines(fromStart);
    List.of(lines).forEach(printed::add);
    return printed;
  }

  private static String[] numbered(int from, int to) {
    return IntStream.range(from, to).mapToObj(n -> "line " + n).toArray(String[]::new);
  }
}
