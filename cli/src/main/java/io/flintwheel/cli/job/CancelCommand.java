package io.flintwheel.cli.job;

import io.flintwheel.cli.Context;
import io.flintwheel.events.job.JobId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    description = "Ask for a job to be cancelled.")
final class CancelCommand implements Runnable {

  private final Context context;

  @Parameters(paramLabel = "<jobId>")
  String jobId = "";

  CancelCommand(Context context) {
    this.context = context;
  }

  @Override
  public void run() {
    JobId job = JobIds.parse(jobId);
    context.submitter().delete("/api/v1/jobs/" + job);
    context.out().println("Cancellation of " + job + " is on its way.");
  }
}
