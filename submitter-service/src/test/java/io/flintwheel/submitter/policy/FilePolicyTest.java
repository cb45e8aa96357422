package io.flintwheel.submitter.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.job.Problem;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilePolicyTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "file:/etc/passwd",
        "FILE:///etc/passwd",
        "/var/run/secrets/kubernetes.io/serviceaccount/token",
        "app.jar",
        "../app.jar",
        "http://host/with space.jar",
        "spark-internal",
        "",
        "local:///a.jar,file:///etc/passwd"
      })
  void refusesWhatOnlyTheSubmitterCouldOpen(String file) {
    Optional<Problem> problem = FilePolicy.check("spec.mainApplicationFile", file);

    assertThat(problem)
        .hasValueSatisfying(
            refused -> {
              assertThat(refused.field()).isEqualTo("spec.mainApplicationFile");
              assertThat(refused.message()).startsWith("rule driver-reaches-files: ");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "local:///opt/spark/examples/jars/spark-examples.jar",
        "s3a://bucket/app.jar",
        "https://repo.example.com/app.jar#name",
        "hdfs://nn:8020/app.jar",
        "gs://bucket/app.py"
      })
  void admitsWhatTheDriverCanOpen(String file) {
    Optional<Problem> problem = FilePolicy.check("spec.mainApplicationFile", file);

    assertThat(problem).isEmpty();
  }
}
