package io.flintwheel.cli.cluster;

import io.flintwheel.cli.Context;
import java.util.function.Consumer;
import picocli.CommandLine.Command;

@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Start the local cluster and the three services, and leave them running.")
final class UpCommand implements Runnable {

  private final Context context;
  private final Consumer<LocalEnv> afterUp;

  UpCommand(Context context, Consumer<LocalEnv> afterUp) {
    this.context = context;
    this.afterUp = afterUp;
  }

  @Override
  public void run() {
    long started = System.nanoTime();
    Installation installation = context.installation();
    LocalEnv env = installation.up();
    afterUp.accept(env);
    context
        .out()
        .printf(
            """
            Up after %.1f s. Everything listens on 127.0.0.1 only.
              submitter-service  %s/api/v1/jobs
              scheduler-service  %s/api/v1/schedules
              status-service     %s/api/v1/jobs
              Kafka              %s
              Kubernetes         export KUBECONFIG=%s
            These and the JDBC settings are in %s
            Next: ./flintwheel submit <file>, ./flintwheel jobs, ./flintwheel down
            """,
            (System.nanoTime() - started) / 1e9,
            env.require("FLINTWHEEL_SUBMITTER_URL"),
            env.require("FLINTWHEEL_SCHEDULER_URL"),
            env.require("FLINTWHEEL_STATUS_URL"),
            env.require("KAFKA_BOOTSTRAP_SERVERS"),
            LocalEnv.quoted(env.require("KUBECONFIG")),
            installation.home().localEnv());
  }
}
