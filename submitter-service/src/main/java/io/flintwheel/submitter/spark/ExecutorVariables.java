package io.flintwheel.submitter.spark;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The variables that Spark 4.1's driver sets in its executors, by their place. */
final class ExecutorVariables {

  /** What the job's own {@code spark.executorEnv.<name>} stands behind. */
  private static final List<String> BEFORE_THE_JOBS =
      List.of(
          "SPARK_USER",
          "SPARK_DRIVER_URL",
          "SPARK_EXECUTOR_CORES",
          "SPARK_EXECUTOR_MEMORY",
          "SPARK_APPLICATION_ID",
          "SPARK_CONF_DIR",
          "SPARK_EXECUTOR_ID",
          "SPARK_RESOURCE_PROFILE_ID");

  private static final List<String> OF_LOG_URLS =
      List.of("SPARK_EXECUTOR_ATTRIBUTE_APP_ID", "SPARK_EXECUTOR_ATTRIBUTE_EXECUTOR_ID");

  private static final Pattern JAVA_OPTION = Pattern.compile("SPARK_JAVA_OPT_[0-9]+");

  private ExecutorVariables() {}

  /** Set before what the job puts into Spark's configuration. */
  static Set<String> beforeTheJobs(Map<String, String> conf) {
    Set<String> names = new HashSet<>(BEFORE_THE_JOBS);
    if (conf.containsKey("spark.ui.custom.executor.log.url")) {
      names.addAll(OF_LOG_URLS);
    }
    return names;
  }

  /** What to use instead of a variable that Spark sets behind everything a job can give. */
  static Optional<String> insteadOfLast(String name, Map<String, String> conf) {
    if (JAVA_OPTION.matcher(name).matches()) {
      return Optional.of("spark.executor.extraJavaOptions in sparkConf");
    }
    return Optional.ofNullable(
        switch (name) {
          case "SPARK_LOCAL_DIRS" -> "spark.local.dir in sparkConf";
          case "SPARK_EXECUTOR_POD_IP" ->
              "a variable of another name with valueFrom.fieldRef of status.podIP";
          case "SPARK_EXECUTOR_POD_NAME" ->
              "a variable of another name with valueFrom.fieldRef of metadata.name";
          case "SPARK_CLASSPATH" ->
              conf.containsKey("spark.executor.extraClassPath")
                  ? "spark.executor.extraClassPath in sparkConf"
                  : null;
          case "_SPARK_AUTH_SECRET" ->
              "true".equalsIgnoreCase(conf.get("spark.authenticate"))
                  ? "a variable of another name with valueFrom.secretKeyRef"
                  : null;
          default -> null;
        });
  }
}
