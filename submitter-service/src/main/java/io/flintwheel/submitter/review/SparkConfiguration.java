package io.flintwheel.submitter.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.flintwheel.events.EventJson;
import io.flintwheel.events.spark.SparkApplicationSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Spark's configuration of a specification, with the precedence that users of Kubeflow's operator
 * know: {@code sparkConf} wins over the application's image settings, and fields of a role win over
 * {@code sparkConf}.
 */
final class SparkConfiguration {

  private SparkConfiguration() {}

  static Map<String, String> of(SparkApplicationSpec spec, String defaultServiceAccount) {
    Map<String, String> conf = new LinkedHashMap<>();
    conf.put("spark.kubernetes.authenticate.driver.serviceAccountName", defaultServiceAccount);
    put(conf, "spark.kubernetes.container.image", spec.image());
    if (spec.imagePullPolicy() != null) {
      conf.put("spark.kubernetes.container.image.pullPolicy", wireName(spec.imagePullPolicy()));
    }
    conf.putAll(spec.sparkConf());
    spec.driverCores().ifPresent(cores -> conf.put("spark.driver.cores", cores.toString()));
    spec.driverMemory().ifPresent(memory -> conf.put("spark.driver.memory", memory));
    conf.computeIfPresent("spark.driver.memory", (key, memory) -> driverHeap(memory));
    spec.executorCores().ifPresent(cores -> conf.put("spark.executor.cores", cores.toString()));
    spec.executorMemory().ifPresent(memory -> conf.put("spark.executor.memory", memory));
    spec.executorInstances()
        .ifPresent(count -> conf.put("spark.executor.instances", count.toString()));
    put(
        conf,
        "spark.kubernetes.authenticate.driver.serviceAccountName",
        spec.driver().pod().serviceAccount());
    put(
        conf,
        "spark.kubernetes.authenticate.executor.serviceAccountName",
        spec.executor().pod().serviceAccount());
    return conf;
  }

  /** The image hands it to the driver's JVM as it is; of executors, Spark does that in MiB. */
  private static String driverHeap(String memory) {
    return Heap.of(memory).map(Heap::forJvm).orElse(memory);
  }

  private static void put(Map<String, String> conf, String key, @Nullable String value) {
    Optional.ofNullable(value).ifPresent(given -> conf.put(key, given));
  }

  /** The word that Kubernetes knows, which the enum carries for JSON. */
  private static String wireName(Enum<?> value) {
    try {
      String json = EventJson.mapper().writeValueAsString(value);
      return json.substring(1, json.length() - 1);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an enum is a JSON string", e);
    }
  }
}
