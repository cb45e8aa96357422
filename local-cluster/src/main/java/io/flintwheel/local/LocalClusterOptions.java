package io.flintwheel.local;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The command line of {@link LocalCluster}, each as {@code --name=value}.
 *
 * @param home where data, logs and {@code kubeconfig} are
 * @param image the Spark image as a directory
 * @param kafkaPort of Kafka's clients; 0 takes a free one, as for all ports
 */
record LocalClusterOptions(
    Path home, Path image, int kafkaPort, int postgresPort, int kubernetesPort) {

  static LocalClusterOptions parse(String... arguments) {
    Map<String, String> values = new HashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (!argument.startsWith("--") || equals < 0) {
        throw new IllegalArgumentException("expected --name=value, not '" + argument + "'");
      }
      values.put(argument.substring(2, equals), argument.substring(equals + 1));
    }
    LocalClusterOptions options =
        new LocalClusterOptions(
            Path.of(take(values, "home")),
            Path.of(take(values, "image")),
            port(values, "kafka-port"),
            port(values, "postgres-port"),
            port(values, "kubernetes-port"));
    if (!values.isEmpty()) {
      throw new IllegalArgumentException("unknown options: " + values.keySet());
    }
    return options;
  }

  private static String take(Map<String, String> values, String name) {
    String value = values.remove(name);
    if (value == null) {
      throw new IllegalArgumentException("--" + name + " is missing");
    }
    return value;
  }

  private static int port(Map<String, String> values, String name) {
    String value = take(values, name);
    if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65535) {
      throw new IllegalArgumentException("--" + name + "=" + value + " is no port (0 to 65535)");
    }
    return Integer.parseInt(value);
  }
}
