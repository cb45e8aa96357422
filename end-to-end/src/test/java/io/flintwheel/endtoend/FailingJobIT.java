package io.flintwheel.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobSpec;
import io.flintwheel.events.job.JobState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A failed job says over HTTP, in words, what went wrong. */
@Tag("cluster")
@ExtendWith(SharedInstallation.class)
class FailingJobIT {

  private final Flintwheel flintwheel;

  FailingJobIT(Flintwheel flintwheel) {
    this.flintwheel = flintwheel;
  }

  @Test
  void tellsTheExitCodeOfDriverThatLeft() {
    JsonNode failure = failureOf("exits", SparkSpecs.exit(1));

    assertThat(failure.path("class").asText()).isEqualTo("APPLICATION");
    assertThat(failure.path("exitCode").asInt()).isEqualTo(1);
    assertThat(failure.path("message").asText()).startsWith("the driver ended with exit code 1");
    assertThat(failure.path("hint").asText()).contains("driver's log");
  }

  @Test
  void tellsTheExceptionOfDriverThatThrew() {
    JsonNode failure = failureOf("throws", SparkSpecs.throwing("no orders today"));

    assertThat(failure.path("class").asText()).isEqualTo("APPLICATION");
    assertThat(failure.path("exitCode").asInt()).isEqualTo(1);
    assertThat(failure.path("message").asText())
        .contains("IllegalStateException")
        .contains("no orders today");
  }

  @Test
  void namesTheMainClassThatNoJarHas() {
    JsonNode failure = failureOf("no-class", SparkSpecs.missingClass());

    assertThat(failure.path("class").asText()).isEqualTo("APPLICATION");
    assertThat(failure.path("message").asText()).contains("org.example.Missing");
    assertThat(failure.path("hint").asText()).contains("mainClass");
  }

  @Test
  void namesTheJarThatTheImageLacks() {
    JsonNode failure = failureOf("no-jar", SparkSpecs.missingJar());

    assertThat(failure.path("class").asText()).isEqualTo("APPLICATION");
    assertThat(failure.path("message").asText()).contains("missing.jar");
    assertThat(failure.path("hint").asText()).contains("mainApplicationFile");
  }

  private JsonNode failureOf(String name, JobSpec spec) {
    JobId jobId = flintwheel.newJobId(name);
    flintwheel.publisher().request(jobId, spec);
    return flintwheel.jobs().awaitState(jobId, JobState.FAILED).path("failure");
  }
}
