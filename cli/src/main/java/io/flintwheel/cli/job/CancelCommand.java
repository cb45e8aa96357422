package io.flintwheel.cli.job;

import io.flintwheel.cli.CliFailure;
import io.flintwheel.cli.Context;
import io.flintwheel.cli.cluster.Await;
import io.flintwheel.events.job.JobId;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    description = "Ask for a job to be cancelled; exit code 1 when nobody has asked for that job.")
final class CancelCommand implements Runnable {

  /** The status-service learns of a request, or of a job, a moment after it was published. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final String NOT_KNOWN = "";
  private static final String UNTOLD = "UNKNOWN";

  private final Context context;
  private final Duration patience;

  @Parameters(paramLabel = "<jobId>")
  String jobId = "";

  @Option(
      names = "--anyway",
      description = "Also when nobody has asked for that job yet: its request will not be run")
  boolean anyway;

  CancelCommand(Context context) {
    this(context, PATIENCE);
  }

  /**
   * @param patience how long a job that is not known is waited for
   */
  CancelCommand(Context context, Duration patience) {
    this.context = context;
    this.patience = patience;
  }

  @Override
  public void run() {
    JobId job = JobIds.parse(jobId);
    HttpApi submitter = context.submitter();
    String state = anyway ? state(job) : knownState(job);
    if (JobView.isEnd(state)) {
      context.out().printf("%s has ended already: %s.%n", job, state);
      return;
    }
    if (state.equals(UNTOLD)) {
      context
          .err()
          .printf(
              "The status-service cannot tell whether there is a job %s; it is cancelled all the same.%n",
              job);
    }
    submitter.delete("/api/v1/jobs/" + job);
    context
        .out()
        .println(
            state.equals(NOT_KNOWN)
                ? "There is no job " + job + " yet; if its request comes, it will be cancelled."
                : "Cancellation of " + job + " is on its way.");
  }

  /** The cancellation of a misspelled id would be kept, and listed as a job. */
  private String knownState(JobId job) {
    String[] state = {NOT_KNOWN};
    Await.until(
        patience,
        () -> {
          state[0] = state(job);
          return !state[0].equals(NOT_KNOWN);
        },
        () -> {},
        () ->
            new CliFailure(
                ("There is no job %1$s; ./flintwheel jobs lists them."
                        + " If its request is still to come: ./flintwheel cancel --anyway %1$s")
                    .formatted(job)));
    return state[0];
  }

  /** A job can be cancelled while nobody can tell how it is. */
  private String state(JobId job) {
    try {
      return context
          .status()
          .find("/api/v1/jobs/" + job)
          .map(document -> new JobView(document).state())
          .orElse(NOT_KNOWN);
    } catch (CliFailure e) {
      return UNTOLD;
    }
  }
}
