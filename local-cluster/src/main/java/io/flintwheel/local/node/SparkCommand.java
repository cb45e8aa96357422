package io.flintwheel.local.node;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the entrypoint of Spark's image makes of a container's arguments: {@code driver} becomes
 * spark-submit in client mode, {@code executor} Spark's executor backend.
 *
 * @param image where Spark lies
 * @param tuning JVM options of this node, before Spark's and the user's
 * @param apiServer how a driver reaches the API server, as {@code https://host:port}
 */
record SparkCommand(SparkImage image, List<String> tuning, String apiServer) {

  private static final List<String> ROLES = List.of("driver", "driver-py", "driver-r", "executor");
  private static final String JAVA_OPTION = "SPARK_JAVA_OPT_";
  private static final List<Map.Entry<String, String>> EXECUTOR_ARGUMENTS =
      List.of(
          Map.entry("--driver-url", "SPARK_DRIVER_URL"),
          Map.entry("--executor-id", "SPARK_EXECUTOR_ID"),
          Map.entry("--cores", "SPARK_EXECUTOR_CORES"),
          Map.entry("--app-id", "SPARK_APPLICATION_ID"),
          Map.entry("--hostname", "SPARK_EXECUTOR_POD_IP"),
          Map.entry("--resourceProfileId", "SPARK_RESOURCE_PROFILE_ID"),
          Map.entry("--podName", "SPARK_EXECUTOR_POD_NAME"));
  private static final String DRIVER_MASTER = "spark.kubernetes.driver.master";

  SparkCommand {
    tuning = List.copyOf(tuning);
  }

  /** Whether the entrypoint of Spark's image would start a driver or an executor for these. */
  static boolean isSpark(List<String> arguments) {
    return !arguments.isEmpty() && ROLES.contains(arguments.get(0));
  }

  static boolean isDriver(List<String> arguments) {
    return isSpark(arguments) && arguments.get(0).startsWith("driver");
  }

  /** Whether the application is a Python program. */
  static boolean isPython(List<String> arguments) {
    return isDriver(arguments)
        && (arguments.get(0).equals("driver-py")
            || arguments.contains("org.apache.spark.deploy.PythonRunner")
            || arguments.stream().skip(1).anyMatch(a -> a.endsWith(".py")));
  }

  /** The file given with {@code --properties-file}. */
  static Optional<String> propertiesFile(List<String> arguments) {
    int option = arguments.indexOf("--properties-file");
    return option >= 0 && option + 1 < arguments.size()
        ? Optional.of(arguments.get(option + 1))
        : Optional.empty();
  }

  /** The driver's command line; {@code arguments} begin with the role. */
  List<String> driver(
      List<String> arguments, Map<String, String> environment, SparkProperties properties) {
    var command = new ArrayList<String>();
    command.add(java(environment));
    var userOptions = new ArrayList<String>();
    properties
        .value("spark.driver.defaultJavaOptions")
        .ifPresent(o -> userOptions.addAll(OptionString.split(o)));
    properties
        .value("spark.driver.extraJavaOptions")
        .ifPresent(o -> userOptions.addAll(OptionString.split(o)));
    command.addAll(fitting(userOptions));
    command.add("-Xmx" + memory(driverMemory(environment, properties)));
    command.addAll(image.moduleOptions());
    command.addAll(userOptions);
    command.add("org.apache.spark.deploy.SparkSubmit");
    String bindAddress = environment.getOrDefault("SPARK_DRIVER_BIND_ADDRESS", "127.0.0.1");
    command.addAll(conf("spark.driver.bindAddress", bindAddress));
    command.addAll(conf("spark.executorEnv.SPARK_DRIVER_POD_IP", bindAddress));
    // The default, kubernetes.default.svc, is a name of the cluster's DNS and means port 443.
    if (properties.value(DRIVER_MASTER).isEmpty()) {
      command.addAll(conf(DRIVER_MASTER, apiServer));
    }
    command.add("--deploy-mode");
    command.add("client");
    command.addAll(arguments.subList(1, arguments.size()));
    return command;
  }

  /** The executor's command line. */
  List<String> executor(Map<String, String> environment) {
    var command = new ArrayList<String>();
    command.add(java(environment));
    List<String> options = javaOptions(environment);
    command.addAll(fitting(options));
    command.addAll(options);
    String memory = memory(environment.getOrDefault("SPARK_EXECUTOR_MEMORY", "1g"));
    command.add("-Xms" + memory);
    command.add("-Xmx" + memory);
    command.add("org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend");
    EXECUTOR_ARGUMENTS.forEach(
        argument -> {
          command.add(argument.getKey());
          command.add(environment.getOrDefault(argument.getValue(), ""));
        });
    return command;
  }

  private static List<String> conf(String key, String value) {
    return List.of("--conf", key + "=" + value);
  }

  private static String java(Map<String, String> environment) {
    return environment.getOrDefault("JAVA_HOME", System.getProperty("java.home")) + "/bin/java";
  }

  private static String driverMemory(Map<String, String> environment, SparkProperties properties) {
    return properties
        .value("spark.driver.memory")
        .or(() -> Optional.ofNullable(environment.get("SPARK_DRIVER_MEMORY")))
        .orElse("1g");
  }

  /** Spark reads a bare number as MiB, the JVM as bytes. */
  private static String memory(String amount) {
    return amount.chars().allMatch(Character::isDigit) ? amount + "m" : amount;
  }

  /** This node's options without a garbage collector when the user chose one: a JVM takes one. */
  private List<String> fitting(List<String> userOptions) {
    boolean ownCollector = userOptions.stream().anyMatch(o -> o.matches("-XX:\\+Use\\w+GC"));
    return tuning.stream().filter(o -> !ownCollector || !o.matches("-XX:\\+Use\\w+GC")).toList();
  }

  // By number: the tenth option follows the ninth, not the first.
  private static List<String> javaOptions(Map<String, String> environment) {
    var options = new TreeMap<Integer, String>(Comparator.naturalOrder());
    environment.forEach(
        (name, value) -> {
          if (name.matches(JAVA_OPTION + "\\d+")) {
            options.put(Integer.parseInt(name.substring(JAVA_OPTION.length())), value);
          }
        });
    return List.copyOf(options.values());
  }
}
