package io.flintwheel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobState;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** kill -9 of each service in the middle of the path. */
@Tag("cluster")
@ExtendWith(SharedInstallation.class)
class KilledServiceIT {

  private static final int BURST = 100;

  private final Flintwheel flintwheel;
  private DriverHistory drivers;

  KilledServiceIT(Flintwheel flintwheel) {
    this.flintwheel = flintwheel;
  }

  @BeforeEach
  void watchDrivers() {
    drivers = new DriverHistory(flintwheel.installation().cluster().administrator());
  }

  @AfterEach
  void stopWatching() {
    drivers.close();
  }

  @Test
  void makesOneDriverPerJobWhenTheSubmitterIsKilledInTheMiddleOfBurst() {
    ServiceProcess submitter = flintwheel.installation().service(FlintwheelService.SUBMITTER);
    List<JobId> jobs =
        IntStream.range(0, BURST).mapToObj(n -> flintwheel.newJobId("burst-" + n)).toList();
    JobId real = flintwheel.newJobId("in-burst");
    jobs.forEach(job -> flintwheel.publisher().request(job, SparkSpecs.waiting()));
    flintwheel.publisher().request(real, SparkSpecs.exit(0));
    flintwheel.awaitUntil("a first driver", () -> jobs.stream().anyMatch(this::hasDriver));

    submitter.kill();

    assertThat(jobs).as("some jobs had no driver yet").anyMatch(job -> !hasDriver(job));
    submitter.start();
    jobs.forEach(flintwheel::awaitDriver);
    assertThatItEndedOnce(real);
    submitter.awaitReady();
    assertThat(jobs).allSatisfy(job -> assertThat(drivers.of(job)).hasSize(1));
    assertThat(jobs).allSatisfy(job -> assertThat(flintwheel.driverParts(job)).hasSize(2));
    jobs.forEach(flintwheel::discard);
  }

  @Test
  void tellsTheEndOnceWhenTheStatusServiceIsDeadWhileTheDriverEnds() {
    ServiceProcess status = flintwheel.installation().service(FlintwheelService.STATUS);
    JobId jobId = flintwheel.newJobId("unseen-end");
    flintwheel.publisher().request(jobId, SparkSpecs.sleeping(3));
    flintwheel.jobs().awaitState(jobId, JobState.RUNNING);

    status.kill();

    flintwheel.awaitDriverPhase(jobId, "Succeeded");
    status.start();
    assertThatItEndedOnce(jobId);
    assertThat(flintwheel.jobs().log(jobId)).contains("Awake");
  }

  @Test
  void tellsTheEndOnceWhenTheStatusServiceDiesBetweenSeeingAndPublishingIt() {
    ServiceProcess status = flintwheel.installation().service(FlintwheelService.STATUS);
    JobId jobId = flintwheel.newJobId("untold-end");
    flintwheel.publisher().request(jobId, SparkSpecs.sleeping(3));
    flintwheel.jobs().awaitState(jobId, JobState.RUNNING);
    flintwheel.installation().kafka().stop();
    flintwheel.awaitDriverPhase(jobId, "Succeeded");

    status.kill();

    flintwheel.installation().kafka().restart();
    status.start();
    assertThatItEndedOnce(jobId);
  }

  @Test
  void firesTickOnceWhenTheSchedulerIsDeadWhenItComesDue() {
    ServiceProcess scheduler = flintwheel.installation().service(FlintwheelService.SCHEDULER);
    String schedule = flintwheel.newJobId("unseen-tick").value();
    Instant due = Instant.now().plusSeconds(5);
    flintwheel.createOneShot(schedule, due, SparkSpecs.exit(0));

    scheduler.kill();

    flintwheel.awaitTime(due.plusSeconds(1));
    scheduler.start();
    assertThatOneJobOfItEndedOnce(schedule);
    scheduler.awaitReady();
  }

  @Test
  void firesTickOnceWhenTheSchedulerDiesBetweenTickAndRelay() {
    ServiceProcess scheduler = flintwheel.installation().service(FlintwheelService.SCHEDULER);
    String schedule = flintwheel.newJobId("unsent-tick").value();
    flintwheel.installation().kafka().stop();
    flintwheel.createOneShot(schedule, Instant.now().plusSeconds(2), SparkSpecs.exit(0));
    flintwheel.awaitUntil("a tick", () -> flintwheel.ticks(schedule).contains("FIRED"));

    scheduler.kill();

    flintwheel.installation().kafka().restart();
    scheduler.start();
    assertThatOneJobOfItEndedOnce(schedule);
    scheduler.awaitReady();
  }

  private boolean hasDriver(JobId jobId) {
    return !drivers.of(jobId).isEmpty();
  }

  private void assertThatOneJobOfItEndedOnce(String schedule) {
    flintwheel.awaitJobOfSchedule(schedule, JobState.SUCCEEDED);
    List<String> jobs = flintwheel.jobsOfSchedule(schedule);
    assertThat(jobs).hasSize(1);
    assertThatItEndedOnce(new JobId(jobs.get(0)));
  }

  private void assertThatItEndedOnce(JobId jobId) {
    flintwheel.jobs().awaitState(jobId, JobState.SUCCEEDED);
    assertThat(flintwheel.ends(jobId)).containsExactly("io.flintwheel.job.succeeded.v1");
    assertThat(drivers.of(jobId)).as("driver pods of the only attempt").hasSize(1);
  }
}
