package io.flintwheel.cli.demo;

import io.flintwheel.cli.job.JobView;
import java.io.PrintStream;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One line per job: on a terminal it is rewritten as the job goes on, elsewhere each change is a
 * line of its own.
 */
final class LiveLines implements AutoCloseable {

  private static final String UP_AND_CLEAR = "\u001b[1A\u001b[2K";
  private static final long REFRESH_MILLIS = 500;

  private final PrintStream out;
  private final int columns;
  private final Clock clock;
  private final Map<String, JobView> jobs = new LinkedHashMap<>();
  private final Map<String, String> expected = new LinkedHashMap<>();
  private final Map<String, String> told = new HashMap<>();
  private final ScheduledExecutorService refresh =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "live-lines");
            thread.setDaemon(true);
            return thread;
          });
  private int drawn;

  private LiveLines(PrintStream out, int columns, Clock clock) {
    this.out = out;
    this.columns = columns;
    this.clock = clock;
  }

  /**
   * @param columns how wide the terminal is; 0 when there is none
   */
  static LiveLines on(PrintStream out, int columns, Clock clock) {
    LiveLines lines = new LiveLines(out, columns, clock);
    if (columns > 0) {
      lines.keepDrawing();
    }
    return lines;
  }

  /** Gives a job its line before anything has been heard of it. */
  synchronized void add(String jobId) {
    jobs.putIfAbsent(jobId, JobView.unknown(jobId));
  }

  /** Gives a line to what will bring a job. */
  synchronized void expect(String name, String text) {
    expected.put(name, text);
  }

  /** Turns such a line into the line of its job, and tells so above the lines. */
  synchronized void arrived(String name, String jobId, String message) {
    expected.remove(name);
    add(jobId);
    out.print(UP_AND_CLEAR.repeat(drawn));
    drawn = 0;
    out.println(message);
    if (columns > 0) {
      draw();
    }
  }

  /** Shows a change of a job. */
  synchronized void show(JobView job) {
    jobs.put(job.jobId(), job);
    if (columns > 0) {
      draw();
    } else if (!job.change().equals(told.put(job.jobId(), job.change()))) {
      out.println(line(job));
    }
  }

  @Override
  public void close() {
    refresh.shutdownNow();
    if (columns > 0) {
      draw();
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // It runs until close.
  private void keepDrawing() {
    refresh.scheduleAtFixedRate(this::draw, 0, REFRESH_MILLIS, TimeUnit.MILLISECONDS);
  }

  private synchronized void draw() {
    StringBuilder text = new StringBuilder(UP_AND_CLEAR.repeat(drawn));
    for (JobView job : jobs.values()) {
      text.append(fitting(line(job))).append('\n');
    }
    expected.forEach((name, waiting) -> text.append(fitting(line(name, waiting))).append('\n'));
    drawn = jobs.size() + expected.size();
    out.print(text);
    out.flush();
  }

  /** A line that wraps would be two when it is rewritten. */
  private String fitting(String line) {
    return line.length() < columns ? line : line.substring(0, columns - 1);
  }

  private String line(JobView job) {
    return line(job.jobId(), job.line(clock.instant()));
  }

  private String line(String name, String text) {
    int width =
        Stream.concat(jobs.keySet().stream(), expected.keySet().stream())
            .mapToInt(String::length)
            .max()
            .orElse(0);
    return "   " + name + " ".repeat(width - name.length() + 2) + text;
  }
}
