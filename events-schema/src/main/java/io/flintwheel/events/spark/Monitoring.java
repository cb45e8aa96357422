package io.flintwheel.events.spark;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How the application's metrics are told.
 *
 * @param exposeDriverMetrics whether the driver tells its own
 * @param exposeExecutorMetrics whether each executor tells its own
 * @param metricsProperties Spark's {@code metrics.properties}; JMX and JVM when not given
 * @param metricsPropertiesFile the same as a file in the image
 * @param prometheus by Prometheus' JMX exporter
 */
public record Monitoring(
    @JsonProperty(required = true) Boolean exposeDriverMetrics,
    @JsonProperty(required = true) Boolean exposeExecutorMetrics,
    @Nullable String metricsProperties,
    @Nullable String metricsPropertiesFile,
    @Nullable Prometheus prometheus) {

  /**
   * Prometheus' JMX exporter as a Java agent.
   *
   * @param jmxExporterJar the agent in the image
   * @param port 8090 when not given
   * @param portName {@code jmx-exporter} when not given
   * @param configFile the agent's configuration in the image; wins over {@code configuration}
   * @param configuration the agent's configuration
   */
  public record Prometheus(
      @JsonProperty(required = true) String jmxExporterJar,
      @Bounds(min = 1024, max = 49151) @Nullable Integer port,
      @Nullable String portName,
      @Nullable String configFile,
      @Nullable String configuration) {}
}
