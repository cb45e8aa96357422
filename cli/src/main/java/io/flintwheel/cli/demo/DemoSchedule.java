package io.flintwheel.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.cli.CliFailure;
import io.flintwheel.cli.cluster.Await;
import io.flintwheel.cli.job.HttpApi;
import java.time.Duration;

/** The demo's schedule, for as long as the demo goes on. */
final class DemoSchedule {

  private static final Duration FIRST_TICK = Duration.ofSeconds(45);

  private final HttpApi scheduler;
  private final HttpApi status;
  private final String id;

  private DemoSchedule(HttpApi scheduler, HttpApi status, String id) {
    this.scheduler = scheduler;
    this.status = status;
    this.id = id;
  }

  static DemoSchedule create(HttpApi scheduler, HttpApi status, DemoJobs jobs) {
    scheduler.post("/api/v1/schedules", jobs.schedule());
    return new DemoSchedule(scheduler, status, jobs.scheduleId());
  }

  String id() {
    return id;
  }

  /**
   * Waits for the first tick's job, pauses the schedule and returns the job's id.
   *
   * @param check throws when waiting has become pointless
   */
  String firstJob(Runnable check) {
    String[] job = {""};
    Await.until(
        FIRST_TICK,
        () -> {
          JsonNode newestFirst = status.get("/api/v1/jobs?schedule=" + id).path("jobs");
          job[0] = newestFirst.path(newestFirst.size() - 1).path("jobId").asText();
          return !job[0].isEmpty();
        },
        check,
        () ->
            new CliFailure(
                "No job of the schedule '%s' was seen within %d s"
                    .formatted(id, FIRST_TICK.toSeconds())));
    scheduler.post("/api/v1/schedules/" + id + "/pause", null);
    return job[0];
  }

  void remove() {
    scheduler.delete("/api/v1/schedules/" + id);
  }
}
