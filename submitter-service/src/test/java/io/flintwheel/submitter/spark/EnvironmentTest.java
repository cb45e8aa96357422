package io.flintwheel.submitter.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.flintwheel.submitter.Requests;
import io.flintwheel.submitter.review.Reviewers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The traps T3 to T6: what Spark's builder would take from the process it runs in. The build runs
 * every unit test of this module in an environment full of it (pom.xml).
 */
class EnvironmentTest {

  private static final String LEAK = "leaked-by-environment";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HADOOP_CONF_DIR",
        "SPARK_CONF_DIR",
        "SPARK_LOCAL_DIRS",
        "PYSPARK_PYTHON",
        "PYSPARK_DRIVER_PYTHON",
        "SPARK_USER"
      })
  void hidesTheEnvironmentFromSpark(String name) {
    assertThat(System.getenv(name)).contains(LEAK);

    String seen = IsolatedSparkConf.of(Map.of()).getenv(name);

    assertThat(seen).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"type: Scala, mainClass: A", "type: Python", "type: R"})
  void takesNothingFromTheEnvironment(String application) throws Exception {
    var request =
        Requests.ofYaml(
            "{jobId: env, spec: {"
                + application
                + ", image: x, mainApplicationFile: local:///a, sparkVersion: 4.1.1,"
                + " driver: {}, executor: {}}}");

    DriverResources built = new SparkDriverBuilder().build(Reviewers.admitted(request));

    KubernetesSerialization yaml = new KubernetesSerialization();
    assertThat(
            yaml.asYaml(built.pod())
                + yaml.asYaml(built.configMap())
                + yaml.asYaml(built.services()))
        .doesNotContain(LEAK);
    assertThat(built.configMap().getData()).containsOnlyKeys("spark.properties");
  }

  @Test
  void leavesOutTheStepThatLooksForKerberos() {
    Map<String, String> entries = ConfEntries.of(Reviewers.admitted(Requests.sparkPi("spark-pi")));

    assertThat(entries.get(ConfEntries.EXCLUDED_STEPS)).endsWith("KerberosConfDriverFeatureStep");
  }
}
