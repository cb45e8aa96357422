package io.flintwheel.submitter.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.flintwheel.submitter.Requests;
import io.flintwheel.submitter.review.Reviewers;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import org.apache.spark.deploy.k8s.KubernetesDriverSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SparkDriverBuilderTest {

  private final SparkDriverBuilder builder = new SparkDriverBuilder();

  @Test
  void takesNothingFromSystemProperties() throws Exception {
    System.setProperty("spark.submitter.secret", "leaked");
    try {
      DriverResources built = builder.build(Reviewers.admitted(Requests.sparkPi("spark-pi")));

      assertThat(properties(built)).doesNotContainKey("spark.submitter.secret");
    } finally {
      System.clearProperty("spark.submitter.secret");
    }
  }

  @ParameterizedTest
  @CsvSource({"true, true", "false, false", "FALSE, false"})
  void namesThePortOfTheWebInterfaceWhenThereIsOne(String enabled, boolean named) throws Exception {
    DriverResources built =
        builder.build(Reviewers.admitted(Requests.sparkPiConfigured("spark.ui.enabled", enabled)));

    assertThat(built.pod().getSpec().getContainers().get(0).getPorts())
        .extracting(ContainerPort::getName)
        .contains("driver-rpc-port")
        .satisfies(names -> assertThat(names.contains("spark-ui")).isEqualTo(named));
  }

  @Test
  void putsTheMainJarBehindTheJarsThatWereGiven() throws Exception {
    DriverResources built =
        builder.build(
            Reviewers.admitted(
                Requests.sparkPiConfigured("spark.jars", "local:///a.jar, s3a://b")));

    assertThat(properties(built))
        .containsEntry(
            "spark.jars",
            "local:///a.jar,s3a://b,local:///opt/spark/examples/jars/spark-examples.jar");
  }

  @Test
  void letsTypedFieldsWinOverConfigurationAndConfigurationOverTheImage() throws Exception {
    var request =
        Requests.withSpec(
            "wins",
            """
            type: Scala
            image: of-field
            mainClass: A
            mainApplicationFile: local:///a.jar
            sparkVersion: 4.1.1
            sparkConf:
              spark.kubernetes.container.image: of-conf
              spark.driver.memory: 3g
              spark.executor.memory: 3g
            driver: {memory: 512m}
            executor: {}
            """);

    DriverResources built = builder.build(Reviewers.admitted(request));

    assertThat(container(built).getImage()).isEqualTo("of-conf");
    assertThat(properties(built))
        .containsEntry("spark.driver.memory", "512m")
        .containsEntry("spark.executor.memory", "3g");
  }

  @Test
  void putsTheVersionOfTheImageIntoItsName() throws Exception {
    DriverResources built =
        builder.build(
            Reviewers.admitted(Requests.sparkPiWith("image", "\"x:{{SPARK_VERSION}}-java17\"")));

    assertThat(container(built).getImage()).isEqualTo("x:4.1.1-java17");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tellsAnErrorInsideSparkAsARefusal(boolean linkage) {
    SparkDriverBuilder dying =
        new SparkDriverBuilder() {
          @Override
          KubernetesDriverSpec buildWithSpark(Map<String, String> entries, DriverRequest request) {
            throw linkage ? new NoClassDefFoundError("a/Class") : new StackOverflowError();
          }
        };
    var request = Reviewers.admitted(Requests.sparkPi("spark-pi"));

    assertThatThrownBy(() -> dying.build(request))
        .isInstanceOfSatisfying(
            UnbuildableJobException.class,
            refusal -> assertThat(refusal.problem().field()).isEqualTo("spec"));
  }

  @Test
  void keepsEveryNameOfTheLongestJobIdWithinTheLimit() throws Exception {
    String longest = "a".repeat(45);

    DriverResources built =
        builder.build(
            Reviewers.admitted(
                Requests.ofYaml(
                    "{jobId: "
                        + longest
                        + ", attempt: 99999, spec: "
                        + Requests.SPEC_IN_ONE_LINE
                        + "}")));

    assertThat(built.services().get(0).getMetadata().getName())
        .isEqualTo(longest + "-r99999-driver-svc")
        .hasSize(63);
  }

  @Test
  void doesNotHandItsOwnPythonToTheDriver() throws Exception {
    DriverResources built =
        builder.build(
            Reviewers.admitted(
                Requests.withSpec(
                    "py",
                    """
                    type: Python
                    image: spark
                    mainApplicationFile: local:///a.py
                    sparkVersion: 4.1.1
                    driver: {}
                    executor: {}
                    """)));

    assertThat(container(built).getEnv())
        .extracting(EnvVar::getName)
        .doesNotContain("PYSPARK_PYTHON", "PYSPARK_DRIVER_PYTHON");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          spark.driver.memoryOverhead, much
          spark.kubernetes.driver.volumes.floppy.a.mount.path, /a
          spark.kubernetes.executor.volumes.floppy.a.mount.path, /a
          spark.ui.port, high
          """)
  void saysWhatSparkRefuses(String key, String value) {
    var request = Reviewers.admitted(Requests.sparkPiConfigured(key, value));

    assertThatThrownBy(() -> builder.build(request))
        .isInstanceOf(UnbuildableJobException.class)
        .hasMessageNotContaining("null")
        .hasMessageNotContaining("more of Spark");
  }

  private static Container container(DriverResources built) {
    return built.pod().getSpec().getContainers().get(0);
  }

  private static Properties properties(DriverResources built) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(built.configMap().getData().get("spark.properties")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
