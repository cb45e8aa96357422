package io.flintwheel.cli.cluster;

import io.flintwheel.cli.Context;
import java.util.function.Consumer;
import picocli.CommandLine;

/** The commands that start, stop and describe the installation. */
public final class ClusterCommands {

  private ClusterCommands() {}

  /**
   * Adds them.
   *
   * @param afterUp is done with whatever has just been started
   */
  public static void addTo(CommandLine commandLine, Context context, Consumer<LocalEnv> afterUp) {
    commandLine.addSubcommand(new UpCommand(context, afterUp));
    commandLine.addSubcommand(new DownCommand(context));
    commandLine.addSubcommand(new StatusCommand(context));
  }
}
