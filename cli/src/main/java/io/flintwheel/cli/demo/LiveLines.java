package io.flintwheel.cli.demo;

import io.flintwheel.cli.job.JobView;
import java.io.PrintStream;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

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
  static LiveLines on(PrintStream out, int columns, List<String> jobIds, Clock clock) {
    LiveLines lines = new LiveLines(out, columns, clock);
    for (String jobId : jobIds) {
      lines.jobs.put(jobId, JobView.unknown(jobId));
    }
    if (columns > 0) {
      lines.keepDrawing();
    }
    return lines;
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
    drawn = jobs.size();
    out.print(text);
    out.flush();
  }

  /** A line that wraps would be two when it is rewritten. */
  private String fitting(String line) {
    return line.length() < columns ? line : line.substring(0, columns - 1);
  }

  private String line(JobView job) {
    int width = jobs.keySet().stream().mapToInt(String::length).max().orElse(0);
    return "   "
        + job.jobId()
        + " ".repeat(width - job.jobId().length() + 2)
        + job.line(clock.instant());
  }
}
