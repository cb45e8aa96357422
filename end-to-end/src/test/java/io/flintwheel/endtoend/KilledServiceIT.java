package io.flintwheel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobState;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** kill -9 of each service in the middle of the path. */
@Tag("cluster")
@ExtendWith(SharedInstallation.class)
class KilledServiceIT {

  private static final int BURST = 20;

  private final Flintwheel flintwheel;

  KilledServiceIT(Flintwheel flintwheel) {
    this.flintwheel = flintwheel;
  }

  @Test
  void makesOneDriverPerJobWhenTheSubmitterIsKilledInTheMiddleOfBurst() {
    ServiceProcess submitter = flintwheel.installation().service(FlintwheelService.SUBMITTER);
    List<JobId> jobs =
        IntStream.range(0, BURST).mapToObj(n -> flintwheel.newJobId("burst-" + n)).toList();
    JobId real = flintwheel.newJobId("in-burst");
    jobs.forEach(job -> flintwheel.publisher().request(job, SparkSpecs.waiting()));
    flintwheel.publisher().request(real, SparkSpecs.exit(0));
    jobs.stream().limit(1).forEach(flintwheel::awaitDriver);

    submitter.kill();

    submitter.start();
    jobs.forEach(flintwheel::awaitDriver);
    flintwheel.jobs().awaitState(real, JobState.SUCCEEDED);
    submitter.awaitReady();
    assertThat(jobs).allSatisfy(job -> assertThat(flintwheel.drivers(job)).hasSize(1));
    assertThat(jobs).allSatisfy(job -> assertThat(flintwheel.driverParts(job)).hasSize(2));
    assertThat(flintwheel.drivers(real)).hasSize(1);
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
    flintwheel.jobs().awaitState(jobId, JobState.SUCCEEDED);
    assertThat(flintwheel.jobs().eventTypes(jobId))
        .containsOnlyOnce("io.flintwheel.job.succeeded.v1");
    assertThat(flintwheel.jobs().log(jobId)).contains("Awake");
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
    flintwheel.awaitJobOfSchedule(schedule, JobState.SUCCEEDED);
    assertThat(flintwheel.jobsOfSchedule(schedule)).hasSize(1);
    scheduler.awaitReady();
  }
}
