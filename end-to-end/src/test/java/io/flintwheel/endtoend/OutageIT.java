package io.flintwheel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

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
 * What the services depend on goes away and comes back; nothing that was asked for is lost.
 *
 * <p>System property {@code flintwheel.test.outage}: how long it stays away, 15 s by default.
 */
@Tag("cluster")
@ExtendWith(SharedInstallation.class)
class OutageIT {

  private static final Duration OUTAGE =
      Duration.parse(System.getProperty("flintwheel.test.outage", "PT15S"));

  private final Flintwheel flintwheel;

  OutageIT(Flintwheel flintwheel) {
    this.flintwheel = flintwheel;
  }

  @Test
  void tellsTheJobsOfAnOutageOfTheDatabaseAfterwards() {
    JobId jobId = flintwheel.newJobId("no-database");

    during(Dependency.POSTGRES, () -> flintwheel.publisher().request(jobId, SparkSpecs.exit(0)));

    flintwheel.jobs().awaitState(jobId, JobState.SUCCEEDED);
    assertThat(flintwheel.drivers(jobId)).hasSize(1);
  }

  @Test
  void runsTheJobsOfAnOutageOfTheApiServerAfterwards() {
    JobId jobId = flintwheel.newJobId("no-api-server");

    during(Dependency.KUBERNETES, () -> flintwheel.publisher().request(jobId, SparkSpecs.exit(0)));

    flintwheel.jobs().awaitState(jobId, JobState.SUCCEEDED);
    assertThat(flintwheel.drivers(jobId)).hasSize(1);
  }

  @Test
  void runsTheJobsOfTicksThatCameDueWithoutKafkaAfterwards() {
    String schedule = flintwheel.newJobId("no-kafka").value();

    during(
        Dependency.KAFKA,
        () -> flintwheel.createOneShot(schedule, Instant.now().plusSeconds(3), SparkSpecs.exit(0)));

    flintwheel.awaitJobOfSchedule(schedule, JobState.SUCCEEDED);
    assertThat(flintwheel.jobsOfSchedule(schedule)).hasSize(1);
  }

  /** Takes it away for as long as the outage lasts, and waits until all services are ready. */
  private void during(Dependency dependency, Runnable work) {
    Map<FlintwheelService, Long> processes = processes();
    Instant start = Instant.now();
    dependency.stop(flintwheel.installation());
    work.run();
    dependency
        .users()
        .forEach(
            service -> Readiness.awaitDown(flintwheel.installation().service(service), dependency));
    Awaitility.await("the outage to be over")
        .atMost(OUTAGE.plusSeconds(120))
        .until(() -> Instant.now().isAfter(start.plus(OUTAGE)));
    dependency.start(flintwheel.installation());
    for (FlintwheelService service : FlintwheelService.values()) {
      flintwheel.installation().service(service).awaitReady();
    }
    assertThat(processes()).as("nobody was restarted").isEqualTo(processes);
  }

  private Map<FlintwheelService, Long> processes() {
    Map<FlintwheelService, Long> processes = new EnumMap<>(FlintwheelService.class);
    for (FlintwheelService service : FlintwheelService.values()) {
      processes.put(service, flintwheel.installation().service(service).pid());
    }
    return processes;
  }
}
