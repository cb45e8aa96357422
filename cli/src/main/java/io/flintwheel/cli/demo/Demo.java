package io.flintwheel.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.cli.CliFailure;
import io.flintwheel.cli.cluster.Await;
import io.flintwheel.cli.cluster.Home;
import io.flintwheel.cli.cluster.LocalEnv;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The steps of the demo, on an installation that is up. */
final class Demo {

  private static final Duration FIRST_TICK = Duration.ofSeconds(45);
  private static final Duration JOB_END = Duration.ofMinutes(4);
  private static final Duration LOG_KEPT = Duration.ofSeconds(20);
  private static final String PI = "Pi is roughly";

  private final LocalEnv env;
  private final PrintStream out;
  private final int columns;
  private final Home home;
  private final Clock clock = Clock.systemUTC();
  private final HttpApi status;
  private final HttpApi scheduler;

  Demo(LocalEnv env, PrintStream out, int columns, Home home) {
    this.env = env;
    this.out = out;
    this.columns = columns;
    this.home = home;
    this.status = new HttpApi("status-service", env.require("FLINTWHEEL_STATUS_URL"));
    this.scheduler = new HttpApi("scheduler-service", env.require("FLINTWHEEL_SCHEDULER_URL"));
  }

  void run() {
    DemoJobs jobs = DemoJobs.at(clock.instant());
    publish(jobs);
    scheduler.post("/api/v1/schedules", jobs.schedule());
    try {
      String scheduled = firstTick(jobs.scheduleId());
      follow(List.of(jobs.jobId(), scheduled));
      out.println("\n4. From the driver's log, over HTTP:");
      out.println("   " + pi(jobs.jobId()));
      whereToGoNext(jobs);
    } finally {
      scheduler.delete("/api/v1/schedules/" + jobs.scheduleId());
    }
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

  private String firstTick(String scheduleId) {
    out.println("\n2. Schedule '" + scheduleId + "', every 10 s, made over HTTP");
    String[] job = {""};
    Await.until(
        FIRST_TICK,
        () -> {
          JsonNode jobs = status.get("/api/v1/jobs?schedule=" + scheduleId).path("jobs");
          job[0] = jobs.path(0).path("jobId").asText();
          return !job[0].isEmpty();
        },
        () -> {},
        () ->
            new CliFailure(
                "No job of the schedule '%s' was seen within %d s"
                    .formatted(scheduleId, FIRST_TICK.toSeconds())));
    scheduler.post("/api/v1/schedules/" + scheduleId + "/pause", null);
    out.println("   its first tick asked for the job " + job[0] + "; the schedule is paused");
    return job[0];
  }

  private void follow(List<String> jobIds) {
    out.println("\n3. Following both over " + status.url("/api/v1/jobs/<jobId>/stream"));
    List<JobView> ends;
    try (LiveLines lines = LiveLines.on(out, columns, jobIds, clock)) {
      List<CompletableFuture<JobView>> following =
          jobIds.stream()
              .map(
                  jobId ->
                      CompletableFuture.supplyAsync(
                          () -> new JobFollower(status).follow(jobId, JOB_END, lines::show),
                          task -> daemon(task).start()))
              .toList();
      ends = following.stream().map(Demo::join).toList();
    }
    for (JobView end : ends) {
      if (!end.succeeded()) {
        throw new CliFailure(
            "Job %s ended as %s. %s"
                .formatted(end.jobId(), end.state(), end.failure().orElse("No reason was told.")));
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
    Path next = home.directory().resolve("next-job.json");
    try {
      Files.writeString(next, jobs.nextEvent() + "\n");
    } catch (IOException e) {
      throw new CliFailure("Cannot write " + next + ": " + e.getMessage(), e);
    }
    out.printf(
        """

           Where to go next, after ./flintwheel up:
             Jobs         %s/api/v1/jobs
             Schedules    %s/api/v1/schedules
             API docs     %s/q/openapi
             Pods         KUBECONFIG='%s' kubectl get pods
             Publish one  kafka-console-producer.sh --bootstrap-server %s \\
                            --topic %s < '%s'
        """,
        env.require("FLINTWHEEL_STATUS_URL"),
        env.require("FLINTWHEEL_SCHEDULER_URL"),
        env.require("FLINTWHEEL_SUBMITTER_URL"),
        env.require("KUBECONFIG"),
        env.require("KAFKA_BOOTSTRAP_SERVERS"),
        Topics.JOB_REQUESTS,
        next);
  }
}
