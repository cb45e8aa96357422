package io.flintwheel.scheduler;

/** Documents that tests send. */
public final class Documents {

  private Documents() {}

  /** The specification of a SparkPi. */
  public static final String SPARK_PI =
      """
      {
        "type": "Scala",
        "mode": "cluster",
        "image": "spark:4.1.1",
        "mainClass": "org.apache.spark.examples.SparkPi",
        "mainApplicationFile": "local:///opt/spark/examples/jars/spark-examples.jar",
        "sparkVersion": "4.1.1",
        "restartPolicy": {"type": "Never"},
        "driver": {"cores": 1, "memory": "512m", "serviceAccount": "spark"},
        "executor": {"cores": 1, "instances": 2, "memory": "512m"}
      }
      """;

  /** A schedule with one spec, for instance <code>{"every": "PT1S"}</code>. */
  public static String schedule(String id, String spec) {
    return """
        {"id": "%s", "specs": [%s], "job": {"labels": {"team": "a"}, "spec": %s}}
        """
        .formatted(id, spec, SPARK_PI);
  }
}
