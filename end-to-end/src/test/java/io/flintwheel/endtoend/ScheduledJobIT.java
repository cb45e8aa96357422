package io.flintwheel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.events.job.JobState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From a schedule's tick to the end of the job that it asked for. */
@Tag("cluster")
@ExtendWith(SharedInstallation.class)
class ScheduledJobIT {

  private final Flintwheel flintwheel;

  ScheduledJobIT(Flintwheel flintwheel) {
    this.flintwheel = flintwheel;
  }

  @Test
  void runsJobWhenItsScheduleComesDue() {
    String schedule = flintwheel.newJobId("tick").value();

    ServiceHttp.Answer created = flintwheel.createSchedule(schedule, "PT2S", SparkSpecs.exit(0));

    assertThat(created.status()).isEqualTo(201);
    JsonNode job = flintwheel.awaitJobOfSchedule(schedule, JobState.SUCCEEDED);
    assertThat(flintwheel.pauseSchedule(schedule).status()).isBetween(200, 204);
    assertThat(job.path("attempt").asInt()).isEqualTo(1);
  }
}
