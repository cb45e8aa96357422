package io.flintwheel.submitter.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.Problem;
import io.flintwheel.submitter.spark.DriverIdentity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaOptionPolicyTest {

  private static final DriverIdentity IDENTITY =
      new DriverIdentity(new JobId("etl"), 2, "default", "etl");
  private static final String HOST_PATH =
      "-Dspark.kubernetes.executor.volumes.hostPath.h.options.path=/secret";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.driver.extraJavaOptions",
        "spark.driver.defaultJavaOptions",
        "spark.kubernetes.driverEnv.JDK_JAVA_OPTIONS",
        "spark.kubernetes.driverEnv.JAVA_TOOL_OPTIONS",
        "spark.kubernetes.driverEnv._JAVA_OPTIONS",
        "spark.kubernetes.driverEnv.SPARK_SUBMIT_OPTS"
      })
  void holdsSettingsInOptionsToTheRulesOfTheConfiguration(String key) {
    List<Problem> problems =
        JavaOptionPolicy.check(Map.of(key, "-Xss4m " + HOST_PATH + " -Da=b"), IDENTITY);

    assertThat(problems)
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.field()).isEqualTo("spec.sparkConf[" + key + "]");
              assertThat(problem.message()).startsWith("rule stay-in-namespace: ");
              assertThat(problem.toString()).doesNotContain("secret");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"-Dspark.kubernetes.executor.volumes.hostPath.h.options.path=/etc\"",
        "-D\"spark.kubernetes.executor.volumes.hostPath.h.options.path\"=/etc",
        "-D'spark.kubernetes.executor.volumes.host'Path.h.options.path=/etc",
        "-Dspark.kubernetes.executor.volumes.host\\Path.h.options.path=/etc",
        "-Da=b\t-Dspark.kubernetes.executor.podTemplateFile=/tmp/x",
        "-Dspark.kubernetes.executor.label.flintwheel.io/job-id=other",
        "-Dspark.kubernetes.namespace=other"
      })
  void findsSettingsInWhateverQuotes(String options) {
    List<Problem> problems =
        JavaOptionPolicy.check(Map.of("spark.driver.extraJavaOptions", options), IDENTITY);

    assertThat(problems).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Xmx1g -XX:+UseG1GC -Duser.timezone=UTC",
        "-Dspark.sql.shuffle.partitions=7",
        "-Dspark.kubernetes.namespace=default",
        "-Dlog4j.configurationFile=spark.properties",
        ""
      })
  void admitsWhatTheRulesAllow(String options) {
    List<Problem> problems =
        JavaOptionPolicy.check(Map.of("spark.driver.extraJavaOptions", options), IDENTITY);

    assertThat(problems).isEmpty();
  }

  @Test
  void leavesOtherKeysAlone() {
    List<Problem> problems =
        JavaOptionPolicy.check(Map.of("spark.kubernetes.driverEnv.TEXT", HOST_PATH), IDENTITY);

    assertThat(problems).isEmpty();
  }
}
