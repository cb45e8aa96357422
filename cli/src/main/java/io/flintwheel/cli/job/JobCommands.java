package io.flintwheel.cli.job;

import io.flintwheel.cli.Context;
import picocli.CommandLine;

/** The commands about jobs. */
public final class JobCommands {

  private JobCommands() {}

  public static void addTo(CommandLine commandLine, Context context) {
    commandLine.addSubcommand(new LogsCommand(context));
    commandLine.addSubcommand(new JobsCommand(context));
    commandLine.addSubcommand(new CancelCommand(context));
    commandLine.addSubcommand(new SubmitCommand(context));
  }
}
