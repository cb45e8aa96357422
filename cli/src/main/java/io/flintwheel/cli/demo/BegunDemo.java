package io.flintwheel.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.cli.CliFailure;
import io.flintwheel.cli.cluster.Await;
import io.flintwheel.cli.job.HttpApi;
import io.flintwheel.cli.job.JobView;
import io.flintwheel.cli.job.NotFound;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** What a demo has begun, and would go on after it when it is interrupted. */
final class BegunDemo {

  /** A schedule that has just been asked for may be made a moment later. */
  private static final Duration MAKING = Duration.ofMillis(1500);

  private final HttpApi scheduler;
  private final HttpApi status;
  private final HttpApi submitter;
  private final DemoJobs jobs;
  private final Consumer<String> progress;
  private volatile boolean scheduleAskedFor;

  BegunDemo(
      HttpApi scheduler,
      HttpApi status,
      HttpApi submitter,
      DemoJobs jobs,
      Consumer<String> progress) {
    this.scheduler = scheduler;
    this.status = status;
    this.submitter = submitter;
    this.jobs = jobs;
    this.progress = progress;
  }

  /** To be told before it is asked for. */
  void scheduleIsAskedFor() {
    scheduleAskedFor = true;
  }

  /** Removes the schedule, which would begin new jobs, and then cancels those that run. */
  void end() {
    if (scheduleAskedFor) {
      orTell(this::removeSchedule);
    }
    orTell(this::cancelJobs);
  }

  private void orTell(Runnable step) {
    try {
      step.run();
    } catch (CliFailure e) {
      progress.accept(e.getMessage());
    }
  }

  private void removeSchedule() {
    String id = jobs.scheduleId();
    Await.until(
        MAKING,
        () -> {
          try {
            scheduler.delete("/api/v1/schedules/" + id);
            progress.accept("Removed the schedule '" + id + "'.");
            return true;
          } catch (NotFound e) {
            return false;
          }
        },
        () -> {},
        () -> new CliFailure("There is no schedule '" + id + "' to remove."));
  }

  private void cancelJobs() {
    Set<String> running = new LinkedHashSet<>();
    // That of which nothing is known yet was published all the same.
    if (status.find("/api/v1/jobs/" + jobs.jobId()).filter(BegunDemo::hasEnded).isEmpty()) {
      running.add(jobs.jobId());
    }
    for (JsonNode job : status.get("/api/v1/jobs?schedule=" + jobs.scheduleId()).path("jobs")) {
      if (!hasEnded(job)) {
        running.add(job.path("jobId").asText());
      }
    }
    for (String job : running) {
      submitter.delete("/api/v1/jobs/" + job);
      progress.accept("Cancelled the job " + job + ".");
    }
  }

  private static boolean hasEnded(JsonNode job) {
    return new JobView(job).ended();
  }
}
