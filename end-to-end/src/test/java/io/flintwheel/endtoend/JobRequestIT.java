package io.flintwheel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobSpec;
import io.flintwheel.events.job.JobState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole path, with events that somebody without our code types into Kafka's own tool. */
@Tag("cluster")
@ExtendWith(SharedInstallation.class)
class JobRequestIT {

  /** Of the 128 KiB that a request, and an argument of a Linux process, may have. */
  private static final int LARGE = 120_000;

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

  @Test
  void runsSparkWhenTheRequestIsAlmostAsLargeAsItMayBe() {
    JobId jobId = flintwheel.newJobId("large");

    producer.type(structured(jobId, SparkSpecs.piWith("x".repeat(LARGE))));

    assertThatPiIsTold(jobId);
  }

  private static String structured(JobId jobId) {
    return structured(jobId, SparkSpecs.pi(2));
  }

  private static String structured(JobId jobId, JobSpec spec) {
    return """
        {"specversion": "1.0", "id": "order-%s", "source": "https://orders.example.com/checkout", \
        "type": "io.flintwheel.job.requested.v1", "datacontenttype": "application/json", \
        "data": {"jobId": "%s", "spec": %s}}"""
        .formatted(jobId, jobId, spec.json());
  }

  private void assertThatPiIsTold(JobId jobId) {
    JsonNode job = flintwheel.jobs().awaitState(jobId, JobState.SUCCEEDED);
    assertThat(job.path("executors")).hasSize(2);
    assertThat(flintwheel.jobs().log(jobId)).contains("Pi is roughly 3.1");
  }
}
