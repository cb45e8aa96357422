package io.flintwheel.cli.job;

import io.flintwheel.cli.CliFailure;
import io.flintwheel.cli.Context;
import io.flintwheel.events.job.JobId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    description = "Ask for a job to be cancelled.")
final class CancelCommand implements Runnable {

  private static final String NOT_KNOWN = "";

  private final Context context;

  @Parameters(paramLabel = "<jobId>")
  String jobId = "";

  CancelCommand(Context context) {
    this.context = context;
  }

  @Override
  public void run() {
    JobId job = JobIds.parse(jobId);
    String state = state(job);
    if (JobView.isEnd(state)) {
      context.out().printf("%s has ended already: %s.%n", job, state);
      return;
    }
    context.submitter().delete("/api/v1/jobs/" + job);
    context
        .out()
        .println(
            state.equals(NOT_KNOWN)
                ? "There is no job " + job + " yet; if its request comes, it will be cancelled."
                : "Cancellation of " + job + " is on its way.");
  }

  /** Only for what is said: a job can be cancelled while nobody can tell how it is. */
  private String state(JobId job) {
    try {
      return context
          .status()
          .find("/api/v1/jobs/" + job)
          .map(document -> new JobView(document).state())
          .orElse(NOT_KNOWN);
    } catch (CliFailure e) {
      return "UNKNOWN";
    }
  }
}
