package io.flintwheel.cli.demo;

import io.flintwheel.cli.CliFailure;
import io.flintwheel.cli.Context;
import io.flintwheel.cli.cluster.Installation;
import io.flintwheel.cli.cluster.LocalEnv;
import io.flintwheel.cli.cluster.StopAtExit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows the whole path. Uses what is already up, and stops only what it has started itself. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Run SparkPi because an event was published and because a schedule came due; then stop.",
      "When an installation is up already, the demo uses it and leaves it up."
    })
public final class DemoCommand implements Callable<Integer> {

  private final Context context;

  public DemoCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    long started = System.nanoTime();
    Installation installation = context.installation();
    boolean own = !installation.anyAlive();
    if (!own) {
      context.out().println("Using the installation that is up already; it will stay up.");
    }
    StopAtExit exit =
        own ? StopAtExit.of(installation, context.err()) : StopAtExit.leaving(context.err());
    try (exit) {
      LocalEnv env = installation.up("demo");
      new Demo(env, context, columns(), installation, exit).run();
      if (own) {
        context.out().println("\n5. Stopping everything");
      }
      exit.now();
    } catch (RuntimeException e) {
      if (exit.wasInterrupted()) {
        throw new CliFailure("The demo was interrupted.", e);
      }
      // Also of what nobody thought of, a newcomer is told in one paragraph and where to look.
      String what = e instanceof CliFailure ? e.getMessage() : e.toString();
      boolean logged = !own || installation.hasStartedAny();
      throw new CliFailure(
          "%nThe demo failed. %s%s"
              .formatted(
                  what, logged ? "%nThe logs are in %s".formatted(installation.home().logs()) : ""),
          e);
    }
    context.out().printf("Done in %.0f s.%n", (System.nanoTime() - started) / 1e9);
    return 0;
  }

  /** The start script looks, because Java cannot tell in the same way on all versions. */
  private int columns() {
    String columns = context.environment().getOrDefault("FLINTWHEEL_COLUMNS", "");
    return columns.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(columns) : 0;
  }
}
