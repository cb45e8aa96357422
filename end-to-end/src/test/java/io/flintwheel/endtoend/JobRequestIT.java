package io.flintwheel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole path, with events that somebody without our code types into Kafka's own tool. */
@Tag("cluster")
@ExtendWith(SharedInstallation.class)
class JobRequestIT {

  private final Flintwheel flintwheel;
  private final ConsoleProducer producer;

  JobRequestIT(Flintwheel flintwheel) {
    this.flintwheel = flintwheel;
    this.producer = new ConsoleProducer(flintwheel.installation().kafka().bootstrapServers());
  }

  @Test
  void runsSparkWhenConsoleProducerSendsEventInBinaryMode() {
    JobId jobId = flintwheel.newJobId("binary");

    producer.typeWithHeaders(
        "ce_specversion:1.0,ce_id:order-"
            + jobId
            + ",ce_source:https://orders.example.com/checkout"
            + ",ce_type:io.flintwheel.job.requested.v1,content-type:application/json",
        "{\"jobId\": \"%s\", \"spec\": %s}".formatted(jobId, SparkSpecs.pi(2).json()));

    assertThatPiIsTold(jobId);
  }

  @Test
  void runsSparkWhenConsoleProducerSendsEventInStructuredMode() {
    JobId jobId = flintwheel.newJobId("structured");

    producer.typeWithHeaders("content-type:application/cloudevents+json", structured(jobId));

    assertThatPiIsTold(jobId);
  }

  @Test
  void runsSparkWhenConsoleProducerSendsEventWithoutAnyHeader() {
    JobId jobId = flintwheel.newJobId("plain");

    producer.type(structured(jobId));

    assertThatPiIsTold(jobId);
  }

  private static String structured(JobId jobId) {
    return """
        {"specversion": "1.0", "id": "order-%s", "source": "https://orders.example.com/checkout", \
        "type": "io.flintwheel.job.requested.v1", "datacontenttype": "application/json", \
        "data": {"jobId": "%s", "spec": %s}}"""
        .formatted(jobId, jobId, SparkSpecs.pi(2).json());
  }

  private void assertThatPiIsTold(JobId jobId) {
    JsonNode job = flintwheel.jobs().awaitState(jobId, JobState.SUCCEEDED);
    assertThat(job.path("executors")).hasSize(2);
    assertThat(flintwheel.jobs().log(jobId)).contains("Pi is roughly 3.1");
  }
}
