package io.flintwheel.submitter.spark;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.deploy.k8s.SparkPod;

/** Completes the pod that Spark's steps left: its configuration, and what needs no webhook here. */
final class DriverPod {

  static final String CONF_DIR = "/opt/spark/conf";
  static final String PROPERTIES_FILE = "spark.properties";

  private static final String UI_ENABLED = "spark.ui.enabled";
  private static final String UI_PORT = "spark-ui";
  private static final String CONF_VOLUME = "spark-conf-volume-driver";
  private static final int READABLE_BY_ALL = 0644;

  private DriverPod() {}

  static Pod complete(SparkPod pod, DriverRequest request, List<String> files) {
    ContainerBuilder container =
        new ContainerBuilder(pod.container())
            .withEnv(env(pod.container(), request))
            // The driver's last lines are then in the pod's status, whoever reads it and when.
            .withTerminationMessagePolicy("FallbackToLogsOnError")
            .addNewVolumeMount()
            .withName(CONF_VOLUME)
            .withMountPath(CONF_DIR)
            .endVolumeMount();
    if ("false".equalsIgnoreCase(request.conf().get(UI_ENABLED))) {
      // Spark names the port anyway, and whoever looks at the pod takes it for an address.
      container.removeMatchingFromPorts(port -> UI_PORT.equals(port.getName()));
    }
    if (request.driver().securityContext() != null) {
      container.withSecurityContext(request.driver().securityContext());
    }
    List<KeyToPath> items =
        files.stream().map(file -> new KeyToPath(file, READABLE_BY_ALL, file)).toList();
    return new PodBuilder(pod.pod())
        .editMetadata()
        .withNamespace(request.identity().namespace())
        .addToAnnotations(request.annotations())
        .endMetadata()
        .editSpec()
        .addToContainers(container.build())
        .addNewVolume()
        .withName(CONF_VOLUME)
        .withNewConfigMap()
        .withName(request.identity().configMapName())
        .withItems(items)
        .endConfigMap()
        .endVolume()
        .endSpec()
        .build();
  }

  /** Spark's variables without those of this process, then the job's; the last of a name wins. */
  private static List<EnvVar> env(Container container, DriverRequest request) {
    Map<String, EnvVar> env = new LinkedHashMap<>();
    for (EnvVar variable : container.getEnv()) {
      if (!isOfThisProcess(variable, request)) {
        env.put(variable.getName(), variable);
      }
    }
    env.put("SPARK_USER", plain("SPARK_USER", SparkDriverBuilder.SPARK_USER));
    env.put("SPARK_CONF_DIR", plain("SPARK_CONF_DIR", CONF_DIR));
    for (EnvVar variable : request.driver().env()) {
      // Behind whatever it may refer to.
      env.remove(variable.getName());
      env.put(variable.getName(), variable);
    }
    return new ArrayList<>(env.values());
  }

  /** Spark takes these two from its own environment when the configuration is silent. */
  private static boolean isOfThisProcess(EnvVar variable, DriverRequest request) {
    Map<String, String> conf = request.conf();
    return switch (variable.getName()) {
      case "PYSPARK_PYTHON" -> !conf.containsKey("spark.pyspark.python");
      case "PYSPARK_DRIVER_PYTHON" ->
          !conf.containsKey("spark.pyspark.python")
              && !conf.containsKey("spark.pyspark.driver.python");
      default -> false;
    };
  }

  private static EnvVar plain(String name, String value) {
    return new EnvVarBuilder().withName(name).withValue(value).build();
  }
}
