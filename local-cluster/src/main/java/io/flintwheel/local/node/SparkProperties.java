package io.flintwheel.local.node;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Spark's {@code spark.properties}. They are parsed, never edited as text: Spark writes {@code
 * local\:///opt/spark}, where a text search finds nothing.
 */
record SparkProperties(Map<String, String> values) {

  private static final String DRIVER_HOST = "spark.driver.host";

  /** Where executors are to mount something: paths of their containers, not of the driver's. */
  private static final Pattern MOUNTS =
      Pattern.compile("spark\\.kubernetes\\.(driver|executor)\\.(volumes|secrets)\\..*");

  SparkProperties {
    values = Map.copyOf(values);
  }

  static SparkProperties parse(String text) {
    var properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var values = new TreeMap<String, String>();
    properties.stringPropertyNames().forEach(k -> values.put(k, properties.getProperty(k)));
    return new SparkProperties(values);
  }

  Optional<String> value(String key) {
    return Optional.ofNullable(values.get(key)).filter(v -> !v.isBlank());
  }

  /**
   * The properties as a process on this machine needs them: paths mapped, and the driver found by
   * its pod's address, because the name of its Service resolves nowhere outside a cluster's DNS.
   */
  SparkProperties forProcess(UnaryOperator<String> paths, String podIp) {
    var mapped = new TreeMap<String, String>();
    values.forEach(
        (key, value) ->
            mapped.put(key, MOUNTS.matcher(key).matches() ? value : paths.apply(value)));
    mapped.computeIfPresent(DRIVER_HOST, (key, host) -> host.endsWith(".svc") ? podIp : host);
    return new SparkProperties(mapped);
  }

  /** As {@link Properties} reads it, keys in order, so that equal properties are equal files. */
  String format() {
    var lines = new StringBuilder();
    new TreeMap<>(values)
        .forEach(
            (key, value) -> {
              var one = new Properties();
              one.setProperty(key, value);
              var written = new StringWriter();
              try {
                one.store(written, null);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              written
                  .toString()
                  .lines()
                  .filter(line -> !line.startsWith("#"))
                  .forEach(line -> lines.append(line).append('\n'));
            });
    return lines.toString();
  }
}
