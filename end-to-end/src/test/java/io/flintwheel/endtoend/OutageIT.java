package io.flintwheel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the services depend on goes away and comes back: they say who is missing, wait without
 * haste, and lose neither what was asked for nor what happened meanwhile.
 *
 * <p>System property {@code flintwheel.test.outage}: how long it stays away, 30 s by default.
 */
@Tag("cluster")
@ExtendWith(SharedInstallation.class)
class OutageIT {

  private static final Duration OUTAGE =
      Duration.parse(System.getProperty("flintwheel.test.outage", "PT30S"));

  private final Flintwheel flintwheel;

  OutageIT(Flintwheel flintwheel) {
    this.flintwheel = flintwheel;
  }

  @Test
  void tellsTheJobsOfAnOutageOfTheDatabaseAfterwards() {
    JobId running = runThroughTheOutage("before-no-database");
    JobId jobId = flintwheel.newJobId("no-database");

    during(Dependency.POSTGRES, () -> flintwheel.publisher().request(jobId, SparkSpecs.exit(0)));

    assertThatItRanOnce(running);
    assertThatItRanOnce(jobId);
  }

  @Test
  void runsTheJobsOfAnOutageOfTheApiServerAfterwards() {
    JobId running = runThroughTheOutage("before-no-api-server");
    JobId jobId = flintwheel.newJobId("no-api-server");

    during(Dependency.KUBERNETES, () -> flintwheel.publisher().request(jobId, SparkSpecs.exit(0)));

    assertThatItRanOnce(running);
    assertThatItRanOnce(jobId);
  }

  @Test
  void runsTheJobsOfTicksThatCameDueWithoutKafkaAfterwards() {
    JobId running = runThroughTheOutage("before-no-kafka");
    String schedule = flintwheel.newJobId("no-kafka").value();

    during(
        Dependency.KAFKA,
        () -> flintwheel.createOneShot(schedule, Instant.now().plusSeconds(3), SparkSpecs.exit(0)));

    assertThatItRanOnce(running);
    flintwheel.awaitJobOfSchedule(schedule, JobState.SUCCEEDED);
    assertThat(flintwheel.jobsOfSchedule(schedule)).hasSize(1);
  }

  /**
   * A job whose driver and executor run when the outage begins, and end before it does. Spark
   * itself needs the API server until its first executor is there.
   */
  private JobId runThroughTheOutage(String name) {
    JobId jobId = flintwheel.newJobId(name);
    flintwheel.publisher().request(jobId, SparkSpecs.sleeping((int) OUTAGE.toSeconds() / 2));
    flintwheel.jobs().await(jobId, "run by its executor", OutageIT::hasRunningExecutor);
    return jobId;
  }

  private static boolean hasRunningExecutor(JsonNode job) {
    return job.path("executors").findValuesAsText("state").contains("RUNNING");
  }

  private void assertThatItRanOnce(JobId jobId) {
    flintwheel.jobs().awaitState(jobId, JobState.SUCCEEDED);
    assertThat(flintwheel.drivers(jobId)).hasSize(1);
    assertThat(flintwheel.ends(jobId)).containsExactly("io.flintwheel.job.succeeded.v1");
  }

  /** Takes it away for as long as the outage lasts, and waits until all services are ready. */
  private void during(Dependency dependency, Runnable work) {
    FlintwheelInstallation installation = flintwheel.installation();
    Map<FlintwheelService, Long> processes = processes();
    Instant start = Instant.now();
    dependency.stop(installation);
    Map<FlintwheelService, Effort> efforts = efforts();
    work.run();
    dependency
        .users()
        .forEach(service -> Readiness.awaitDown(installation.service(service), dependency));
    Awaitility.await("the outage to be over")
        .atMost(OUTAGE.plusSeconds(120))
        .until(() -> Instant.now().isAfter(start.plus(OUTAGE)));
    dependency
        .users()
        .forEach(service -> Readiness.awaitDown(installation.service(service), dependency));
    efforts.values().forEach(Effort::assertThatItWaits);
    dependency.start(installation);
    for (FlintwheelService service : FlintwheelService.values()) {
      installation.service(service).awaitReady();
    }
    assertThat(processes()).as("nobody was restarted").isEqualTo(processes);
  }

  private Map<FlintwheelService, Effort> efforts() {
    Map<FlintwheelService, Effort> efforts = new EnumMap<>(FlintwheelService.class);
    for (FlintwheelService service : FlintwheelService.values()) {
      efforts.put(service, Effort.from(flintwheel.installation().service(service)));
    }
    return efforts;
  }

  private Map<FlintwheelService, Long> processes() {
    Map<FlintwheelService, Long> processes = new EnumMap<>(FlintwheelService.class);
    for (FlintwheelService service : FlintwheelService.values()) {
      processes.put(service, flintwheel.installation().service(service).pid());
    }
    return processes;
  }
}
