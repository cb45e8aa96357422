package io.flintwheel.endtoend;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.job.JobSpec;
import java.util.List;

/** Job specs in the vocabulary of Kubeflow's v1beta2, small enough for two cores. */
public final class SparkSpecs {

  private static final String EXAMPLES = "local:///opt/spark/examples/jars/spark-examples.jar";

  private SparkSpecs() {}

  /** SparkPi with this many executors. */
  public static JobSpec pi(int executors) {
    return spec("org.apache.spark.examples.SparkPi", EXAMPLES, executors, List.of("10"));
  }

  /** SparkPi with two executors and a further argument, which it does not look at. */
  public static JobSpec piWith(String argument) {
    return spec("org.apache.spark.examples.SparkPi", EXAMPLES, 2, List.of("10", argument));
  }

  /** Leaves with this exit code after Spark was up. */
  public static JobSpec exit(int code) {
    return spec("io.flintwheel.examples.Exit", EXAMPLES, 1, List.of("" + code));
  }

  /** Throws with this message after Spark was up. */
  public static JobSpec throwing(String message) {
    return spec("io.flintwheel.examples.Throw", EXAMPLES, 1, List.of(message));
  }

  /** Runs for this many seconds. */
  public static JobSpec sleeping(int seconds) {
    return spec("io.flintwheel.examples.Sleep", EXAMPLES, 1, List.of("" + seconds));
  }

  /** A main class that no jar has. */
  public static JobSpec missingClass() {
    return spec("org.example.Missing", EXAMPLES, 1, List.of());
  }

  /** A jar that the image does not have. */
  public static JobSpec missingJar() {
    return spec("org.example.Main", "local:///opt/spark/user/missing.jar", 1, List.of());
  }

  /**
   * A driver that no node has room for, so that its pod stays pending and costs nothing; a process
   * node offers thousands of cores.
   */
  public static JobSpec waiting() {
    ObjectNode spec = pi(1).json();
    spec.withObject("/driver").put("cores", 100_000);
    return JobSpec.of(spec);
  }

  private static JobSpec spec(
      String mainClass, String application, int executors, List<String> arguments) {
    ObjectNode spec = EventJson.mapper().createObjectNode();
    spec.put("type", "Scala")
        .put("mode", "cluster")
        .put("sparkVersion", "4.1.1")
        .put("image", "spark:4.1.1")
        .put("mainClass", mainClass)
        .put("mainApplicationFile", application);
    arguments.forEach(spec.putArray("arguments")::add);
    spec.putObject("driver").put("cores", 1).put("memory", "512m").put("serviceAccount", "spark");
    spec.putObject("executor").put("instances", executors).put("cores", 1).put("memory", "512m");
    return JobSpec.of(spec);
  }
}
