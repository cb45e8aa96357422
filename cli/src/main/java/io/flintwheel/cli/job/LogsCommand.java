package io.flintwheel.cli.job;

import io.flintwheel.cli.CliFailure;
import io.flintwheel.cli.Context;
import io.flintwheel.cli.cluster.LogTail;
import io.flintwheel.cli.cluster.Part;
import io.flintwheel.events.job.JobId;
import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = "Print the log of a part, or of a job's driver.")
final class LogsCommand implements Runnable {

  private static final int ALL = -1;

  /** The most lines of a job's log that the status-service takes as a number. */
  private static final int MOST_LINES = 30_000;

  private static final Duration PATIENCE = Duration.ofHours(24);

  private static final Duration SILENCE = Duration.ofSeconds(30);

  private final Context context;

  @Parameters(
      paramLabel = "<part or jobId>",
      description = "local-cluster, submitter, scheduler, status, or a job id")
  String what = "";

  @Option(
      names = {"-f", "--follow"},
      description = "Go on as the log grows")
  boolean follow;

  @Option(
      names = "--tail",
      defaultValue = "200",
      description = "How many of the last lines; -1 is all that is kept (default: 200)")
  int tail;

  @Option(names = "--attempt", description = "Of a job: which attempt (default: the last)")
  @Nullable Integer attempt;

  LogsCommand(Context context) {
    this.context = context;
  }

  @Override
  public void run() {
    Optional<Part> part = Part.named(what);
    if (part.isPresent()) {
      ofPart(context.home().log(part.get()));
    } else {
      ofJob();
    }
  }

  private void ofPart(Path log) {
    requireTail(tail >= 0, "at least 0");
    if (!Files.exists(log)) {
      throw new CliFailure("There is no log yet: " + log);
    }
    LogTail.print(log, tail == ALL ? Integer.MAX_VALUE : tail, follow, context.out());
  }

  private void requireTail(boolean possible, String expected) {
    if (!possible && tail != ALL) {
      throw new CliFailure(
          "--tail is %d; expected %s, or -1 for all that is kept".formatted(tail, expected));
    }
  }

  private void ofJob() {
    JobId job = JobIds.parse(what);
    requireTail(tail >= 1 && tail <= MOST_LINES, "1 to " + MOST_LINES);
    HttpApi status = context.status();
    JobView now =
        status
            .find("/api/v1/jobs/" + job)
            .map(JobView::new)
            .orElseThrow(
                () -> new CliFailure("There is no job " + job + "; ./flintwheel jobs lists them"));
    boolean awaited = follow && attempt == null && !now.begun();
    if (awaited) {
      now = awaitDriver(now, status);
    }
    if (now.ended() && !now.hadDriver()) {
      throw new CliFailure(
          "%s is %s and has no log, as it had no driver%s"
              .formatted(job, now.state(), now.failure().map(why -> ": " + why).orElse("")));
    }
    // Whoever has waited for the driver has seen none of its lines: not one of them is an old one.
    OptionalInt lines = tail == ALL || awaited ? OptionalInt.empty() : OptionalInt.of(tail);
    // A driver may write nothing for hours, and its log has no beats: so the service is asked.
    Silence silence = new Silence(SILENCE, () -> status.answers("/api/v1/jobs/" + job));
    if (follow) {
      // After an interruption the last attempt may be another.
      Optional<Integer> which = Optional.ofNullable(attempt).or(now::attempt);
      new LogFollower(
              status,
              new JobLogPaths(job, which, lines),
              silence,
              context.out()::println,
              context.err()::println)
          .follow(now.hasEnded(which));
    } else {
      print(status, new JobLogPaths(job, Optional.ofNullable(attempt), lines).now(), silence);
    }
  }

  private void print(HttpApi status, String path, Silence silence) {
    var head = JobLogPaths.tellingLoss(context.err()::println);
    try (Stream<String> lines = status.lines(path, "text/plain", silence, head)) {
      lines.forEach(context.out()::println);
    } catch (UncheckedIOException e) {
      throw new CliFailure(
          e.getCause() instanceof HttpTimeoutException
              ? "The log broke off: the status-service does not answer; ./flintwheel status shows how it is"
              : "The log broke off; the status-service or the way to it failed",
          e);
    }
  }

  /** Whoever follows what was just submitted is there before its driver. */
  private JobView awaitDriver(JobView now, HttpApi status) {
    context
        .err()
        .printf("%s is %s; its log follows when its driver runs.%n", now.jobId(), now.state());
    return new JobFollower(status, context.err()::println)
        .follow(now.jobId(), PATIENCE, JobView::begun, change -> {});
  }
}
