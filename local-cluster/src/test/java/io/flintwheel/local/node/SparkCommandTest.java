package io.flintwheel.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SparkCommandTest {

  private static final List<String> DRIVER =
      List.of(
          "driver",
          "--properties-file",
          "/conf/spark.properties",
          "--class",
          "a.Main",
          "local:///a.jar");

  private final SparkImage image =
      new SparkImage(Path.of("/image"), List.of(Path.of("/image/jars/a.jar")), List.of("--open"));

  private final SparkCommand command =
      new SparkCommand(image, List.of("-XX:+UseSerialGC", "-Dtuned"), "https://127.0.0.1:6443");

  @Test
  void startsTheDriverThroughSparkSubmitInClientMode() {
    List<String> arguments =
        command.driver(
            DRIVER,
            Map.of("JAVA_HOME", "/jdk", "SPARK_DRIVER_BIND_ADDRESS", "127.10.0.2"),
            properties(Map.of("spark.driver.memory", "512m")));

    assertThat(arguments)
        .containsExactly(
            "/jdk/bin/java",
            "-XX:+UseSerialGC",
            "-Dtuned",
            "-Xmx512m",
            "--open",
            "org.apache.spark.deploy.SparkSubmit",
            "--conf",
            "spark.driver.bindAddress=127.10.0.2",
            "--conf",
            "spark.executorEnv.SPARK_DRIVER_POD_IP=127.10.0.2",
            "--conf",
            "spark.kubernetes.driver.master=https://127.0.0.1:6443",
            "--deploy-mode",
            "client",
            "--properties-file",
            "/conf/spark.properties",
            "--class",
            "a.Main",
            "local:///a.jar");
  }

  @Test
  void keepsAMasterThatTheJobChose() {
    List<String> arguments =
        command.driver(
            DRIVER,
            Map.of("JAVA_HOME", "/jdk"),
            properties(Map.of("spark.kubernetes.driver.master", "local[*]")));

    assertThat(arguments).noneMatch(a -> a.startsWith("spark.kubernetes.driver.master="));
  }

  @Test
  void leavesTheCollectorToAJobThatChoseOne() {
    List<String> arguments =
        command.driver(
            DRIVER,
            Map.of("JAVA_HOME", "/jdk"),
            properties(Map.of("spark.driver.extraJavaOptions", "-XX:+UseG1GC -Dmine='a b'")));

    assertThat(arguments)
        .contains("-XX:+UseG1GC", "-Dmine=a b", "-Dtuned")
        .doesNotContain("-XX:+UseSerialGC");
  }

  @Test
  void readsABareAmountOfMemoryAsMebibytes() {
    List<String> arguments =
        command.driver(
            DRIVER, Map.of("JAVA_HOME", "/jdk"), properties(Map.of("spark.driver.memory", "700")));

    assertThat(arguments).contains("-Xmx700m");
  }

  @Test
  void startsAnExecutorWithItsOptionsInNumericOrder() {
    var environment = new LinkedHashMap<String, String>();
    environment.put("JAVA_HOME", "/jdk");
    environment.put("SPARK_JAVA_OPT_10", "-Dlast");
    environment.put("SPARK_JAVA_OPT_9", "-Dmiddle");
    environment.put("SPARK_JAVA_OPT_0", "-Dfirst");
    environment.put("SPARK_EXECUTOR_MEMORY", "512m");
    environment.put("SPARK_DRIVER_URL", "spark://driver");
    environment.put("SPARK_EXECUTOR_ID", "1");

    List<String> arguments = command.executor(environment);

    assertThat(arguments)
        .containsSubsequence("-Dfirst", "-Dmiddle", "-Dlast", "-Xms512m", "-Xmx512m")
        .containsSubsequence("--driver-url", "spark://driver", "--executor-id", "1");
  }

  @Test
  void recognisesPythonByItsFile() {
    boolean python =
        SparkCommand.isPython(List.of("driver", "--properties-file", "p", "local:///pi.py", "3"));

    assertThat(python).isTrue();
  }

  @Test
  void takesOtherCommandsAsTheyAre() {
    boolean spark = SparkCommand.isSpark(List.of("sh", "-c", "driver"));

    assertThat(spark).isFalse();
  }

  private static SparkProperties properties(Map<String, String> values) {
    return new SparkProperties(values);
  }
}
