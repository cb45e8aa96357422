package io.flintwheel.cli.cluster;

import io.flintwheel.cli.Context;
import picocli.CommandLine.Command;

@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Stop everything that up started; data and logs stay.")
final class DownCommand implements Runnable {

  private final Context context;

  DownCommand(Context context) {
    this.context = context;
  }

  @Override
  public void run() {
    Installation installation = context.installation();
    boolean any = installation.anyAlive();
    installation.down();
    context.out().println(any ? "Stopped." : "Nothing was up.");
  }
}
