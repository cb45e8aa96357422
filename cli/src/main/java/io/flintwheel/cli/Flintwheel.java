package io.flintwheel.cli;

import io.flintwheel.cli.cluster.ClusterCommands;
import io.flintwheel.cli.demo.DemoCommand;
import io.flintwheel.cli.demo.EarlierDemos;
import io.flintwheel.cli.job.JobCommands;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code flintwheel} command. */
@Command(
    name = "flintwheel",
    mixinStandardHelpOptions = true,
    version = "flintwheel 0.1.0-SNAPSHOT",
    description = "Event-driven scheduling for Apache Spark on Kubernetes.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nEnvironment:%n",
    footer = {
      "  FLINTWHEEL_HOME             data and logs (.flintwheel in the checkout)",
      "  FLINTWHEEL_SUBMITTER_PORT   default 8081",
      "  FLINTWHEEL_SCHEDULER_PORT   default 8082",
      "  FLINTWHEEL_STATUS_PORT      default 8083",
      "  FLINTWHEEL_KAFKA_PORT       default 9092",
      "  FLINTWHEEL_POSTGRES_PORT    default 15432",
      "  FLINTWHEEL_KUBERNETES_PORT  default 16443",
      "",
      "logs, jobs, cancel and submit work with another installation when these are set:",
      "  KAFKA_BOOTSTRAP_SERVERS, FLINTWHEEL_SUBMITTER_URL, FLINTWHEEL_STATUS_URL",
      "",
      "Your own jars: .flintwheel/jars/x.jar is local:///opt/spark/user/x.jar in a job."
    })
public final class Flintwheel {

  private static final int FAILED = 1;

  /** Held, because a logger that nobody holds is collected and forgets its level. */
  private static final Logger ROOT = Logger.getLogger("");

  private Flintwheel() {}

  public static void main(String[] arguments) {
    // What libraries log is no concern of someone at a terminal.
    LogManager.getLogManager().reset();
    ROOT.setLevel(Level.OFF);
    Context context =
        new Context(System.getenv(), utf8(System.out), utf8(System.err), Clock.systemUTC());
    System.exit(commandLine(context).execute(arguments));
  }

  static CommandLine commandLine(Context context) {
    CommandLine commandLine = new CommandLine(new Flintwheel());
    ClusterCommands.addTo(
        commandLine, context, env -> EarlierDemos.in(env, context.err()).removeSchedules());
    JobCommands.addTo(commandLine, context);
    commandLine.addSubcommand(new DemoCommand(context));
    commandLine.addSubcommand(new CommandLine.HelpCommand());
    commandLine.setOut(writer(context.out()));
    commandLine.setErr(writer(context.err()));
    commandLine.setParameterExceptionHandler((wrong, arguments) -> misused(context, wrong));
    commandLine.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          context.err().println(message(failure));
          return FAILED;
        });
    return commandLine;
  }

  /** In one paragraph; the whole usage would hide what is wrong. */
  private static int misused(Context context, ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    List<String> similar =
        wrong instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    context
        .err()
        .println(
            "%s.%s See ./%s --help"
                .formatted(
                    sentence(wrong.getMessage()),
                    similar.isEmpty() ? "" : " Did you mean: " + String.join(", ", similar) + "?",
                    name));
    return CommandLine.ExitCode.USAGE;
  }

  private static String sentence(String message) {
    return message.replaceAll("\\s*\\R\\s*", " ").replaceFirst("[.\\s]+$", "");
  }

  private static String message(Exception failure) {
    return failure instanceof CliFailure
        ? failure.getMessage()
        : "This is a defect of Flintwheel: " + failure;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  private static PrintStream utf8(PrintStream stream) {
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }
}
