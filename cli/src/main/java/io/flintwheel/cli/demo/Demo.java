package io.flintwheel.cli.demo;

import io.flintwheel.cli.CliFailure;
import io.flintwheel.cli.Context;
import io.flintwheel.cli.FileTrouble;
import io.flintwheel.cli.cluster.Await;
import io.flintwheel.cli.cluster.Installation;
import io.flintwheel.cli.cluster.LocalEnv;
import io.flintwheel.cli.cluster.StopAtExit;
import io.flintwheel.cli.job.HttpApi;
import io.flintwheel.cli.job.JobFollower;
import io.flintwheel.cli.job.JobPublisher;
import io.flintwheel.cli.job.JobView;
import io.flintwheel.events.Topics;
import io.flintwheel.events.cloudevent.EventRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The steps of the demo, on an installation that is up. */
final class Demo {

  private static final Duration JOB_END = Duration.ofMinutes(4);
  private static final Duration LOG_KEPT = Duration.ofSeconds(20);
  private static final String PI = "Pi is roughly";

  private final LocalEnv env;
  private final PrintStream out;
  private final PrintStream err;
  private final int columns;
  private final Installation installation;
  private final Clock clock;
  private final HttpApi status;
  private final HttpApi scheduler;
  private final HttpApi submitter;
  private final StopAtExit exit;

  /**
   * @param columns how wide the terminal is; 0 when there is none
   * @param exit ends what the demo has begun when it is interrupted
   */
  Demo(LocalEnv env, Context context, int columns, Installation installation, StopAtExit exit) {
    this.env = env;
    this.out = context.out();
    this.err = context.err();
    this.columns = columns;
    this.installation = installation;
    this.clock = context.clock();
    this.exit = exit;
    this.status = new HttpApi("status-service", env.require("FLINTWHEEL_STATUS_URL"));
    this.scheduler = new HttpApi("scheduler-service", env.require("FLINTWHEEL_SCHEDULER_URL"));
    this.submitter = new HttpApi("submitter-service", env.require("FLINTWHEEL_SUBMITTER_URL"));
  }

  void run() {
    DemoJobs jobs = DemoJobs.at(clock.instant());
    new EarlierDemos(scheduler, err::println).removeSchedules();
    BegunDemo begun = new BegunDemo(scheduler, status, submitter, jobs, err::println);
    exit.first(
        begun::end,
        "Not all of the demo could be ended in time. The next ./flintwheel demo or up removes its"
            + " schedule if that is left; jobs that are left end by themselves.");
    try {
      show(jobs, begun);
    } catch (RuntimeException e) {
      exit.endFirst();
      throw e;
    }
    exit.nothingFirst();
  }

  private void show(DemoJobs jobs, BegunDemo begun) {
    publish(jobs);
    out.println("\n2. Making the schedule '" + jobs.scheduleId() + "' over HTTP, every 10 s");
    begun.scheduleIsAskedFor();
    DemoSchedule schedule = DemoSchedule.create(scheduler, status, jobs);
    out.println("\n3. Following both over " + status.url("/api/v1/jobs/<jobId>/stream"));
    try (LiveLines lines = LiveLines.on(out, columns, clock)) {
      follow(jobs.jobId(), schedule, lines);
    }
    out.println("\n4. From the driver's log, over HTTP:");
    out.println("   " + pi(jobs.jobId()));
    whereToGoNext(jobs);
    schedule.remove();
  }

  private void publish(DemoJobs jobs) {
    out.println("\n1. Publishing a job request to the topic " + Topics.JOB_REQUESTS);
    EventRecord event = jobs.event();
    try (JobPublisher publisher = new JobPublisher(env.require("KAFKA_BOOTSTRAP_SERVERS"))) {
      publisher.publish(event);
    }
    out.println("   key: " + event.key());
    event.headers().forEach(header -> out.println("   " + header.name() + ": " + header.text()));
    jobs.pretty().lines().forEach(line -> out.println("   " + line));
  }

  /** Both from the start: the published job does not wait for the schedule. */
  private void follow(String published, DemoSchedule schedule, LiveLines lines) {
    lines.add(published);
    lines.expect(schedule.id(), "waits for its first tick");
    List<CompletableFuture<JobView>> followed = new ArrayList<>();
    followed.add(following(published, lines));

    String scheduled = schedule.firstJob(() -> requireNoFailure(followed));
    lines.arrived(
        schedule.id(),
        scheduled,
        "   The first tick asked for the job " + scheduled + "; the schedule is paused.");
    followed.add(following(scheduled, lines));
    Await.until(
        JOB_END.plus(JOB_END),
        () -> followed.stream().allMatch(CompletableFuture::isDone),
        () -> requireNoFailure(followed),
        () -> new CliFailure("The demo's jobs have not ended in time"));
    requireNoFailure(followed);
  }

  private CompletableFuture<JobView> following(String jobId, LiveLines lines) {
    return CompletableFuture.supplyAsync(
        () -> new JobFollower(status).follow(jobId, JOB_END, lines::show),
        task -> daemon(task).start());
  }

  /** A part that died or a job that failed is told now, not when all others have ended. */
  private void requireNoFailure(List<CompletableFuture<JobView>> followed) {
    installation.requireAlive();
    for (CompletableFuture<JobView> job : followed) {
      if (job.isDone()) {
        JobView end = join(job);
        if (!end.succeeded()) {
          throw new CliFailure(
              "Job %s ended as %s. %s"
                  .formatted(
                      end.jobId(), end.state(), end.failure().orElse("No reason was told.")));
        }
      }
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "follow");
    thread.setDaemon(true);
    return thread;
  }

  private static JobView join(CompletableFuture<JobView> following) {
    try {
      return following.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof CliFailure failure ? failure : e;
    }
  }

  private String pi(String jobId) {
    String path = "/api/v1/jobs/" + jobId + "/logs?tail=1000";
    String[] line = {""};
    // The log may be stored a moment after the job's end was told.
    Await.until(
        LOG_KEPT,
        () -> {
          Optional<String> found =
              status.findText(path).stream()
                  .flatMap(String::lines)
                  .filter(text -> text.contains(PI))
                  .findFirst();
          line[0] = found.orElse("");
          return found.isPresent();
        },
        () -> {},
        () -> new CliFailure("The driver's log of " + jobId + " has no line '" + PI + "'"));
    return line[0];
  }

  private void whereToGoNext(DemoJobs jobs) {
    Path next = installation.home().directory().resolve("next-job.json");
    try {
      Files.writeString(next, jobs.nextEvent() + "\n");
    } catch (IOException e) {
      throw new CliFailure("Cannot write " + next + ": " + FileTrouble.of(next, e), e);
    }
    out.printf(
        """

           Where to go next, after ./flintwheel up:
             Jobs         %s/api/v1/jobs
             Schedules    %s/api/v1/schedules
             API docs     %s/q/openapi
             Pods         KUBECONFIG=%s kubectl get pods
             Publish one  java -Djava.util.logging.config.file=%s -cp %s org.apache.kafka.tools.ConsoleProducer \\
                            --bootstrap-server %s --topic %s < %s
                          (what kafka-console-producer.sh of a Kafka installation runs)
        """,
        env.require("FLINTWHEEL_STATUS_URL"),
        env.require("FLINTWHEEL_SCHEDULER_URL"),
        env.require("FLINTWHEEL_SUBMITTER_URL"),
        LocalEnv.quoted(env.require("KUBECONFIG")),
        inRoot("examples/quiet-logging.properties"),
        inRoot("cli/target/lib/*"),
        env.require("KAFKA_BOOTSTRAP_SERVERS"),
        Topics.JOB_REQUESTS,
        LocalEnv.quoted(next.toString()));
  }

  private String inRoot(String path) {
    return LocalEnv.quoted(installation.home().root().resolve(path).toString());
  }
}
