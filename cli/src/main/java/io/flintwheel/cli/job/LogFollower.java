package io.flintwheel.cli.job;

import io.flintwheel.cli.CliFailure;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Follows the log of a driver, through interruptions, until its attempt has ended and the log is
 * told whole.
 */
final class LogFollower {

  private static final Duration PAUSE = Duration.ofMillis(500);

  /** That a driver has ended is told a moment after its log ends. */
  private static final int LOOKS_FOR_THE_END = 10;

  /** After which a job that the service does not have is taken for one that it has forgotten. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final HttpApi status;
  private final JobLogPaths paths;
  private final Silence silence;
  private final Consumer<String> out;
  private final Consumer<String> trouble;
  private final Streak streak;
  private final PrintedLines printed;
  private boolean endedInOrder;
  private boolean begunEmpty;
  private boolean lost;

  /**
   * @param out is told each line of the log, once
   * @param trouble is told what goes wrong, a line each
   */
  LogFollower(
      HttpApi status,
      JobLogPaths paths,
      Silence silence,
      Consumer<String> out,
      Consumer<String> trouble) {
    this.status = status;
    this.paths = paths;
    this.silence = silence;
    this.out = out;
    this.trouble = trouble;
    this.streak = new Streak("the log of " + paths.job(), trouble);
    this.printed = new PrintedLines(paths.tail().isEmpty());
  }

  /**
   * Returns at the end of the log.
   *
   * @param over whether the attempt has ended already
   * @throws CliFailure when the log cannot be opened at first, or the job is forgotten
   */
  void follow(boolean over) {
    Stream<String> first = open(paths.followed());
    read(() -> first.forEach(this::print), first);
    // What the log of a driver that runs has from now on is new, however long it is.
    begunEmpty = printed.isEmpty() && !over;
    boolean whole = endedInOrder && over;
    long known = System.nanoTime();
    int looks = 0;
    while (!whole) {
      LockSupport.parkNanos(PAUSE.toNanos());
      try {
        boolean ended = job().hasEnded(paths.attempt());
        known = System.nanoTime();
        looks++;
        if (ended || !endedInOrder || looks % LOOKS_FOR_THE_END == 0) {
          whole = goOn(ended);
        }
      } catch (NotFound e) {
        if (System.nanoTime() - known > PATIENCE.toNanos()) {
          throw e;
        }
      } catch (CliFailure e) {
        endedInOrder = false;
        streak.failed(e);
      }
    }
    if (lost) {
      throw new CliFailure("The log broke off, and no more of it is kept");
    }
  }

  private JobView job() {
    return status
        .find("/api/v1/jobs/" + paths.job())
        .map(JobView::new)
        .orElseThrow(() -> new NotFound("There is no job " + paths.job() + " any more"));
  }

  /** Prints what has come since; returns whether that is all that will ever come. */
  private boolean goOn(boolean over) {
    if (printed.isEmpty() && !over) {
      Stream<String> again = open(begunEmpty ? all(paths.allFollowed()) : paths.followed());
      read(() -> again.forEach(this::print), again);
      return false;
    }
    // Of a log that goes on it is not to be seen where that which is there already ends.
    List<String> kept =
        status
            .findText(printed.isEmpty() && !begunEmpty ? paths.now() : paths.allNow())
            .map(text -> text.lines().toList())
            .orElse(List.of());
    streak.ended();
    if (over) {
      rest(kept).forEach(this::print);
      return true;
    }
    if (!kept.isEmpty()) {
      List<Integer> ends = printed.endsIn(kept);
      Stream<String> again = open(paths.allFollowed());
      tellDoubt(ends);
      read(() -> printNew(again, ends), again);
    }
    return false;
  }

  private String all(String path) {
    printed.fromStart();
    return path;
  }

  private List<String> rest(List<String> kept) {
    if (printed.isEmpty()) {
      return kept;
    }
    List<Integer> ends = printed.endsIn(kept);
    if (endedInOrder) {
      // The service has told all; it may have been stopped in good order all the same.
      return kept.subList(ends.isEmpty() ? kept.size() : ends.get(ends.size() - 1), kept.size());
    }
    lost = kept.isEmpty();
    if (!lost) {
      tellDoubt(ends);
    }
    return kept.subList(ends.isEmpty() ? 0 : ends.get(0), kept.size());
  }

  private void tellDoubt(List<Integer> ends) {
    if (ends.isEmpty()) {
      printed.interrupted();
      trouble.accept(
          "What is kept of the log no longer has what was printed last; all of it follows, and lines before it may be missing.");
    } else if (ends.size() > 1) {
      trouble.accept(
          "What was printed last is in the log more than once; lines that follow may have been printed before.");
    }
  }

  private void printNew(Stream<String> log, List<Integer> ends) {
    Deque<String> before = new ArrayDeque<>();
    boolean[] reached = {ends.isEmpty()};
    int[] seen = {0};
    log.forEach(
        line -> {
          seen[0]++;
          if (reached[0]) {
            print(line);
          } else {
            reached[0] = printed.isLast(before, line) && (seen[0] >= ends.get(0));
          }
        });
  }

  private Stream<String> open(String path) {
    Stream<String> log =
        status.lines(path, "text/plain", silence, JobLogPaths.tellingLoss(trouble));
    streak.ended();
    return log;
  }

  private void read(Runnable reader, Stream<String> log) {
    try (log) {
      reader.run();
      endedInOrder = true;
    } catch (UncheckedIOException e) {
      endedInOrder = false;
      streak.failed(e);
    }
  }

  private void print(String line) {
    printed.add(line);
    out.accept(line);
  }
}
