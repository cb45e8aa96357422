package io.flintwheel.local.node;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A driver pod and its ConfigMap as Spark's own KubernetesDriverBuilder makes them.
 *
 * @param conf Spark properties beside those that every job needs
 */
record SparkJob(
    String namespace,
    String name,
    String node,
    String mainClass,
    String argument,
    Map<String, String> conf) {

  private static final String DRIVER_VOLUMES = "spark.kubernetes.driver.volumes.emptyDir.";
  private static final String MOUNT_PATH = ".mount.path";
  private static final String LOCAL_DIRECTORY = "/var/data/spark-5d3e";

  String driverName() {
    return name + "-driver";
  }

  Pod driver() {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(driverName())
        .addToLabels("spark-role", "driver")
        .addToLabels("spark-app-selector", "spark-" + name)
        .endMetadata()
        .withNewSpec()
        .withServiceAccountName("spark")
        .withRestartPolicy("Never")
        .addToNodeSelector("kubernetes.io/hostname", node)
        .addNewContainer()
        .withName("spark-kubernetes-driver")
        .withImage("spark:4.1.1")
        .withArgs(
            "driver",
            "--properties-file",
            "/opt/spark/conf/spark.properties",
            "--class",
            mainClass,
            "local:///opt/spark/examples/jars/spark-examples.jar",
            argument)
        .addNewEnv()
        .withName("SPARK_USER")
        .withValue("spark")
        .endEnv()
        .addNewEnv()
        .withName("SPARK_APPLICATION_ID")
        .withValue("spark-" + name)
        .endEnv()
        .addNewEnv()
        .withName("SPARK_DRIVER_BIND_ADDRESS")
        .withNewValueFrom()
        .withNewFieldRef("v1", "status.podIP")
        .endValueFrom()
        .endEnv()
        .addNewEnv()
        .withName("SPARK_LOCAL_DIRS")
        .withValue(LOCAL_DIRECTORY)
        .endEnv()
        .addNewEnv()
        .withName("SPARK_CONF_DIR")
        .withValue("/opt/spark/conf")
        .endEnv()
        .withNewResources()
        .withRequests(Map.of("cpu", new Quantity("1"), "memory", new Quantity("896Mi")))
        .withLimits(Map.of("memory", new Quantity("896Mi")))
        .endResources()
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .addNewVolumeMount()
        .withName("spark-local-dir-1")
        .withMountPath(LOCAL_DIRECTORY)
        .endVolumeMount()
        .addNewVolumeMount()
        .withName("spark-conf-volume-driver")
        .withMountPath("/opt/spark/conf")
        .endVolumeMount()
        .addAllToVolumeMounts(volumes().keySet().stream().map(this::mount).toList())
        .endContainer()
        .addAllToVolumes(volumes().keySet().stream().map(SparkJob::emptyDir).toList())
        .addNewVolume()
        .withName("spark-local-dir-1")
        .withNewEmptyDir()
        .endEmptyDir()
        .endVolume()
        .addNewVolume()
        .withName("spark-conf-volume-driver")
        .withNewConfigMap()
        .withName(name + "-conf")
        .addNewItem("spark.properties", 420, "spark.properties")
        .endConfigMap()
        .endVolume()
        .endSpec()
        .build();
  }

  /** The driver's emptyDir volumes by name: where each is mounted. */
  private Map<String, String> volumes() {
    var volumes = new TreeMap<String, String>();
    conf.forEach(
        (key, value) -> {
          if (key.startsWith(DRIVER_VOLUMES) && key.endsWith(MOUNT_PATH)) {
            volumes.put(
                key.substring(DRIVER_VOLUMES.length(), key.length() - MOUNT_PATH.length()), value);
          }
        });
    return volumes;
  }

  /** As MountVolumesFeatureStep writes it: what is not given is empty, not absent. */
  private VolumeMount mount(String name) {
    return new VolumeMountBuilder()
        .withName(name)
        .withMountPath(volumes().get(name))
        .withReadOnly(false)
        .withSubPath("")
        .withSubPathExpr("")
        .build();
  }

  private static Volume emptyDir(String name) {
    return new VolumeBuilder()
        .withName(name)
        .withEmptyDir(new EmptyDirVolumeSource("", null))
        .build();
  }

  ConfigMap configMap(Pod owner) {
    var properties = new TreeMap<String, String>(conf);
    properties.putAll(
        Map.of(
            "spark.master",
            "k8s://https://kubernetes.default.svc",
            "spark.app.id",
            "spark-" + name,
            "spark.app.name",
            name,
            "spark.kubernetes.namespace",
            namespace,
            "spark.kubernetes.driver.pod.name",
            driverName(),
            "spark.kubernetes.executor.podNamePrefix",
            name,
            "spark.kubernetes.container.image",
            "spark:4.1.1",
            "spark.submit.deployMode",
            "cluster",
            "spark.kubernetes.submitInDriver",
            "true",
            "spark.jars",
            "local:///opt/spark/examples/jars/spark-examples.jar"));
    properties.putAll(
        Map.of(
            "spark.driver.host", name + "-driver-svc." + namespace + ".svc",
            "spark.driver.port", "7078",
            "spark.driver.blockManager.port", "7079",
            "spark.driver.memory", "512m",
            "spark.executor.memory", "512m",
            "spark.executor.cores", "1",
            "spark.executor.instances", "2",
            "spark.kubernetes.node.selector.kubernetes.io/hostname", node,
            "spark.kubernetes.executor.useDriverPodIP", "true"));
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name + "-conf")
        .withOwnerReferences(
            List.of(
                new OwnerReference(
                    "v1", null, true, "Pod", driverName(), owner.getMetadata().getUid())))
        .endMetadata()
        .addToData("spark.properties", new SparkProperties(properties).format())
        .build();
  }
}
