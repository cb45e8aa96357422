package io.flintwheel.local.node;

import io.fabric8.kubernetes.api.model.Quantity;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What every container of this node is started with.
 *
 * @param image Spark
 * @param userJars what {@code /opt/spark/user} stands for; the image's own when absent
 * @param archive class data for Spark's JVMs
 * @param jvmFlags this node's JVM options for drivers and executors
 * @param apiServer the API server, as containers reach it
 * @param hostIp the node's address
 * @param allocatable what a container without limits may use
 */
record NodeSettings(
    SparkImage image,
    Optional<Path> userJars,
    ClassDataArchive archive,
    List<String> jvmFlags,
    URI apiServer,
    String hostIp,
    Map<String, Quantity> allocatable) {

  NodeSettings {
    jvmFlags = List.copyOf(jvmFlags);
    allocatable = Map.copyOf(allocatable);
  }
}
