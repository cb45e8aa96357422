package io.flintwheel.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.cli.CliFailure;
import io.flintwheel.cli.cluster.Await;
import io.flintwheel.cli.job.HttpApi;
import io.flintwheel.cli.job.JobView;
import io.flintwheel.cli.job.NotFound;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What a demo has begun, and would go on after it when it is interrupted. */
final class BegunDemo {

  /** A schedule that has just been asked for may be made a moment later. */
  private static final Duration MAKING = Duration.ofMillis(1500);

  private static final long ANSWER_MILLIS = 1000;

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

  /** Removes the schedule and cancels all jobs; what one service does not answer stops no other. */
  void end() {
    Thread published = new Thread(() -> orTell(() -> cancel(jobs.jobId())), "cancel-published");
    published.setDaemon(true);
    published.start();
    if (scheduleAskedFor) {
      orTell(this::endSchedule);
    }
    try {
      published.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void orTell(Runnable step) {
    try {
      step.run();
    } catch (CliFailure e) {
      progress.accept(e.getMessage());
    }
  }

  private void endSchedule() {
    String schedule = "/api/v1/schedules/" + jobs.scheduleId();
    Set<String> asked = new LinkedHashSet<>();
    Await.until(
        MAKING,
        () -> {
          try {
            scheduler.post(schedule + "/pause", null);
            // Who makes the ticks knows of a job before anybody has heard of it.
            for (JsonNode tick : scheduler.get(schedule + "/ticks").path("ticks")) {
              if (tick.hasNonNull("jobId")) {
                asked.add(tick.get("jobId").asText());
              }
            }
            scheduler.delete(schedule);
            progress.accept("Removed the schedule '" + jobs.scheduleId() + "'.");
            return true;
          } catch (NotFound e) {
            return false;
          }
        },
        () -> {},
        () -> new CliFailure("There is no schedule '" + jobs.scheduleId() + "' to remove."));
    asked.forEach(job -> orTell(() -> cancel(job)));
  }

  /** That of which nothing is known, or nobody answers, was asked for all the same. */
  private void cancel(String job) {
    boolean ended =
        CompletableFuture.supplyAsync(() -> status.find("/api/v1/jobs/" + job))
            .completeOnTimeout(Optional.empty(), ANSWER_MILLIS, TimeUnit.MILLISECONDS)
            .exceptionally(failure -> Optional.empty())
            .join()
            .filter(known -> new JobView(known).ended())
            .isPresent();
    if (!ended) {
      submitter.delete("/api/v1/jobs/" + job);
      progress.accept("Cancelled the job " + job + ".");
    }
  }
}
