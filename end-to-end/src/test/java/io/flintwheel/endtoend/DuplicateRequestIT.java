package io.flintwheel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.Event;
import io.flintwheel.events.cloudevent.ContentMode;
import io.flintwheel.events.job.JobCommand;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.JobState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Kafka delivers at least once, and publishers retry. */
@Tag("cluster")
@ExtendWith(SharedInstallation.class)
class DuplicateRequestIT {

  private final Flintwheel flintwheel;

  DuplicateRequestIT(Flintwheel flintwheel) {
    this.flintwheel = flintwheel;
  }

  @Test
  void makesOneDriverWhenTheSameRequestIsDeliveredThreeTimes() {
    JobId jobId = flintwheel.newJobId("thrice");
    Event<JobCommand> request =
        flintwheel.publisher().event(JobRequested.of(jobId, "default", SparkSpecs.exit(0)));

    for (int delivery = 0; delivery < 3; delivery++) {
      flintwheel.publisher().publish(request, ContentMode.BINARY);
    }

    flintwheel.jobs().awaitState(jobId, JobState.SUCCEEDED);
    JobId later = flintwheel.runToEnd("after-thrice", SparkSpecs.exit(0));
    assertThat(flintwheel.drivers(later)).hasSize(1);
    assertThat(flintwheel.drivers(jobId)).hasSize(1);
    assertThat(flintwheel.jobs().eventTypes(jobId))
        .containsOnlyOnce("io.flintwheel.job.succeeded.v1");
  }

  @Test
  void leavesTheFirstJobAloneWhenItsIdComesWithAnotherSpec() {
    JobId jobId = flintwheel.newJobId("conflict");
    flintwheel.publisher().request(jobId, SparkSpecs.waiting());
    flintwheel.awaitDriver(jobId);

    flintwheel.publisher().request(jobId, SparkSpecs.exit(1));

    flintwheel
        .jobs()
        .await(
            jobId,
            "told to be in conflict",
            job -> flintwheel.jobs().eventTypes(jobId).contains("io.flintwheel.job.conflicted.v1"));
    assertThat(flintwheel.drivers(jobId)).hasSize(1);
    assertThat(flintwheel.jobs().find(jobId))
        .hasValueSatisfying(
            job -> assertThat(JobsOverHttp.state(job)).isIn(JobState.SUBMITTED, JobState.PENDING));
    flintwheel.discard(jobId);
  }
}
