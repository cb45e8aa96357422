package io.flintwheel.cli.cluster;

import io.flintwheel.cli.Context;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Show the parts: whether they run, are ready, and where they listen.",
    footer = "Exit code 0 when all are ready, else 3.")
final class StatusCommand implements Callable<Integer> {

  private static final int NOT_READY = 3;

  private final Context context;

  StatusCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    List<PartStatus> parts = context.installation().status();
    for (PartStatus part : parts) {
      context
          .out()
          .printf("%-18s %-9s %-12s %s%n", part.part().id(), state(part), pid(part), detail(part));
    }
    return parts.stream().allMatch(part -> part.health().ready()) ? 0 : NOT_READY;
  }

  private static String state(PartStatus part) {
    if (part.pid().isEmpty()) {
      return "stopped";
    }
    return part.health().ready() ? "ready" : "not ready";
  }

  private static String pid(PartStatus part) {
    return part.pid().map(pid -> "pid " + pid).orElse("-");
  }

  private static String detail(PartStatus part) {
    boolean tell = part.pid().isPresent() && !part.health().ready();
    return part.address() + (tell ? "  " + String.join(", ", part.health().culprits()) : "");
  }
}
