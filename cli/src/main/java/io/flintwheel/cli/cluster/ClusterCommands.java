package io.flintwheel.cli.cluster;

import io.flintwheel.cli.Context;
import picocli.CommandLine;

/** The commands that start, stop and describe the installation. */
public final class ClusterCommands {

  private ClusterCommands() {}

  public static void addTo(CommandLine commandLine, Context context) {
    commandLine.addSubcommand(new UpCommand(context));
    commandLine.addSubcommand(new DownCommand(context));
    commandLine.addSubcommand(new StatusCommand(context));
  }
}
