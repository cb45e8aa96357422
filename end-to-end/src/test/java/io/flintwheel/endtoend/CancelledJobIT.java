package io.flintwheel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobState;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A job that somebody stops while it runs. */
@Tag("cluster")
@ExtendWith(SharedInstallation.class)
class CancelledJobIT {

  private final Flintwheel flintwheel;

  CancelledJobIT(Flintwheel flintwheel) {
    this.flintwheel = flintwheel;
  }

  @Test
  void endsCancelledWithoutPodsWhenCancelledWhileItRuns() {
    JobId jobId = flintwheel.newJobId("cancelled");
    flintwheel.publisher().request(jobId, SparkSpecs.sleeping(600));
    flintwheel.jobs().awaitState(jobId, JobState.RUNNING);

    ServiceHttp.Answer answer =
        flintwheel.http(FlintwheelService.SUBMITTER).delete("/api/v1/jobs/" + jobId);

    assertThat(answer.status()).isEqualTo(202);
    flintwheel.jobs().awaitState(jobId, JobState.CANCELLED);
    Awaitility.await("the driver is gone")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(flintwheel.drivers(jobId)).isEmpty());
  }
}
