package io.flintwheel.cli.job;

import io.flintwheel.cli.CliFailure;
import io.flintwheel.cli.Context;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "submit",
    mixinStandardHelpOptions = true,
    description = {
      "Publish a job request to Kafka.",
      "The file is a CloudEvent (JSON), a SparkApplication manifest, a job request"
          + " {jobId, namespace, labels, spec}, or just a spec; JSON or YAML.",
      "Unless it names its job, each submission is a new run: <name>-<suffix>."
    })
final class SubmitCommand implements Callable<Integer> {

  private static final int JOB_FAILED = 4;
  private static final Duration PATIENCE = Duration.ofHours(24);
  private static final Duration VERDICT_PATIENCE = Duration.ofSeconds(20);

  /** Of a job whose driver has been and gone, the submitter-service says nothing at all. */
  private static final Duration RERUN_PATIENCE = Duration.ofSeconds(8);

  private final Context context;
  private final Duration tellAfter;

  @Parameters(paramLabel = "<file>")
  Path file = Path.of("");

  @Option(names = "--job-id", description = "The job's id, instead of <name>-<suffix>")
  @Nullable String jobId;

  @Option(
      names = {"-f", "--follow"},
      description =
          "Follow the job to its end; exit code 4 when it does not succeed, or the job id belongs to another")
  boolean follow;

  SubmitCommand(Context context) {
    this(context, UntakenRequest.TELL_AFTER);
  }

  /**
   * @param tellAfter how long a request may stay one before that is told
   */
  SubmitCommand(Context context, Duration tellAfter) {
    this.context = context;
    this.tellAfter = tellAfter;
  }

  @Override
  public Integer call() {
    Submissions submissions = new Submissions(context.clock(), new RunNames(new SecureRandom()));
    List<Submission> jobs = submissions.of(JobFile.read(file), Optional.ofNullable(jobId));
    if (!follow) {
      publish(jobs);
      return 0;
    }
    Map<String, JobView> known = known(jobs);
    if (known.isEmpty()) {
      publish(jobs);
      return followAll(jobs) ? 0 : JOB_FAILED;
    }
    try (Verdicts verdicts = Verdicts.listen(context.kafka())) {
      publish(jobs);
      List<Submission> taken =
          jobs.stream()
              .filter(
                  job ->
                      !known.containsKey(job.jobId())
                          || isTaken(job, known.get(job.jobId()), verdicts))
              .toList();
      boolean succeeded = followAll(taken);
      return succeeded && taken.size() == jobs.size() ? 0 : JOB_FAILED;
    }
  }

  private void publish(List<Submission> jobs) {
    try (JobPublisher publisher = new JobPublisher(context.kafka())) {
      for (Submission job : jobs) {
        job.warnings().forEach(warning -> context.err().println("Warning: " + warning));
        publisher.publish(job.record());
        context.out().println(job.jobId());
      }
    }
  }

  /** The jobs as they were before, where there may have been one. */
  private Map<String, JobView> known(List<Submission> jobs) {
    Map<String, JobView> known = new HashMap<>();
    for (Submission job : jobs) {
      earlier(job.jobId()).ifPresent(earlier -> known.put(job.jobId(), earlier));
    }
    return known;
  }

  /** Who cannot tell does not say no. */
  private Optional<JobView> earlier(String job) {
    try {
      return context.status().find("/api/v1/jobs/" + job).map(JobView::new);
    } catch (CliFailure e) {
      return Optional.of(JobView.unknown(job));
    }
  }

  private boolean isTaken(Submission job, JobView earlier, Verdicts verdicts) {
    boolean hasRun = earlier.ended() && earlier.hadDriver();
    Duration patience = hasRun ? RERUN_PATIENCE : VERDICT_PATIENCE;
    Verdicts.Verdict verdict = verdicts.await(job, patience);
    if (verdict instanceof Verdicts.Verdict.Conflict conflict) {
      tell("The request for " + job.jobId() + " is refused: " + conflict.message());
      return false;
    }
    if (verdict instanceof Verdicts.Verdict.Silence) {
      tell(
          hasRun
              ? "Job %s has run before (%s%s); a job id runs once, publish under another id to run it again."
                  .formatted(
                      job.jobId(),
                      earlier.state(),
                      earlier.time("finishedAt").map(at -> " at " + at).orElse(""))
              : "The submitter-service has said nothing of this request for %d s; what follows may be an earlier job %s."
                  .formatted(patience.toSeconds(), job.jobId()));
    }
    return true;
  }

  private void tell(String line) {
    context.err().println(line);
  }

  private boolean followAll(List<Submission> jobs) {
    boolean succeeded = true;
    JobFollower follower = new JobFollower(context.status(), this::tell);
    for (Submission submission : jobs) {
      String[] last = {""};
      UntakenRequest request = new UntakenRequest(tellAfter, context::submitterRemedy, this::tell);
      JobView end;
      try (request) {
        end =
            follower.follow(
                submission.jobId(),
                PATIENCE,
                job -> {
                  request.seen(job);
                  String line = job.state() + job.executors() + job.waiting().orElse("");
                  if (!line.equals(last[0])) {
                    context.err().println(job.jobId() + "  " + job.line(context.clock().instant()));
                    last[0] = line;
                  }
                });
      }
      end.failure().ifPresent(context.err()::println);
      succeeded &= end.succeeded();
    }
    return succeeded;
  }
}
