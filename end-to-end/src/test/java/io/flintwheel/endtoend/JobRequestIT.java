package io.flintwheel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobState;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole path, with events written by hand as somebody without our code would. */
@Tag("cluster")
@ExtendWith(SharedInstallation.class)
class JobRequestIT {

  private final Flintwheel flintwheel;

  JobRequestIT(Flintwheel flintwheel) {
    this.flintwheel = flintwheel;
  }

  @Test
  void runsSparkWhenRequestArrivesInBinaryMode() {
    JobId jobId = flintwheel.newJobId("binary");

    flintwheel
        .publisher()
        .publish(
            Map.of(
                "ce_specversion", "1.0",
                "ce_id", "order-" + jobId,
                "ce_source", "https://orders.example.com/checkout",
                "ce_type", "io.flintwheel.job.requested.v1",
                "content-type", "application/json"),
            """
            {"jobId": "%s", "spec": %s}
            """
                .formatted(jobId, SparkSpecs.pi(2).json()));

    JsonNode job = flintwheel.jobs().awaitState(jobId, JobState.SUCCEEDED);
    assertThat(job.path("executors")).hasSize(2);
    assertThat(flintwheel.jobs().log(jobId)).contains("Pi is roughly 3.1");
  }

  @Test
  void runsSparkWhenRequestArrivesInStructuredMode() {
    JobId jobId = flintwheel.newJobId("structured");

    flintwheel
        .publisher()
        .publish(
            Map.of("content-type", "application/cloudevents+json"),
            """
            {"specversion": "1.0", "id": "order-%s", "source": "https://orders.example.com/checkout",
             "type": "io.flintwheel.job.requested.v1", "datacontenttype": "application/json",
             "data": {"jobId": "%s", "spec": %s}}
            """
                .formatted(jobId, jobId, SparkSpecs.pi(2).json()));

    JsonNode job = flintwheel.jobs().awaitState(jobId, JobState.SUCCEEDED);
    assertThat(job.path("executors")).hasSize(2);
    assertThat(flintwheel.jobs().log(jobId)).contains("Pi is roughly 3.1");
  }
}
