package io.flintwheel.submitter.spark;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.flintwheel.events.job.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.k8s.KubernetesDriverSpec;
import org.apache.spark.deploy.k8s.KubernetesVolumeUtils$;
import org.apache.spark.deploy.k8s.submit.KubernetesDriverBuilder;
import org.apache.spark.util.Utils$;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What {@code spark-submit --deploy-mode cluster} builds, with names that follow from the attempt.
 *
 * <p>The builder never uses its Kubernetes client unless a pod template is configured, and that is
 * refused before, so it gets none.
 */
@ApplicationScoped
public class SparkDriverBuilder implements DriverBuilder {

  static final String SPARK_USER = "spark";

  static {
    // Spark asks Hadoop who we are. The operating system's answer would name this process in every
    // driver, and there is none at all for a container's user id without an entry in /etc/passwd.
    UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser(SPARK_USER));
    // The default of a property that is never used; asking the resolver can take seconds.
    Utils$.MODULE$.setCustomHostname("localhost");
  }

  @Override
  public DriverResources build(DriverRequest request) throws UnbuildableJobException {
    KubernetesDriverSpec spec = buildOrSayWhyNot(ConfEntries.of(request), request);
    List<Service> services = new ArrayList<>();
    for (HasMetadata resource : made(spec)) {
      if (!(resource instanceof Service service)) {
        throw new UnbuildableJobException(
            new Problem(
                "spec.sparkConf",
                "asks for a " + resource.getKind() + " of the driver",
                "what needs no more than a pod, a ConfigMap and a Service"),
            new StackTraceElement[0]);
      }
      services.add(labelled(service, request));
    }
    Map<String, String> properties =
        new TreeMap<>(CollectionConverters.asJava(spec.systemProperties()));
    properties.remove(ConfEntries.EXCLUDED_STEPS);
    Map<String, String> files = new TreeMap<>();
    ExecutorTemplate.of(request)
        .ifPresent(
            template -> {
              files.put(ExecutorTemplate.KEY, template);
              properties.put(
                  ExecutorTemplate.PROPERTY, DriverPod.CONF_DIR + "/" + ExecutorTemplate.KEY);
            });
    files.put(DriverPod.PROPERTIES_FILE, PropertiesText.of(properties));
    Pod pod = DriverPod.complete(spec.pod(), request, List.copyOf(files.keySet()));
    return new DriverResources(pod, configMap(request, files), services);
  }

  /**
   * Scala throws checked exceptions without declaring them, and of Spark's class path only what a
   * build needs is here: an odd configuration may need more, which is an Error.
   */
  private KubernetesDriverSpec buildOrSayWhyNot(Map<String, String> entries, DriverRequest request)
      throws UnbuildableJobException {
    try {
      return buildWithSpark(entries, request);
    } catch (Exception | LinkageError | StackOverflowError e) {
      throw SparkRefusal.of(
          e, request.conf().keySet(), key -> buildsWithout(key, entries, request));
    }
  }

  private boolean buildsWithout(String key, Map<String, String> entries, DriverRequest request) {
    Map<String, String> others = new TreeMap<>(entries);
    others.remove(key);
    try {
      buildWithSpark(others, request);
      return true;
    } catch (Exception | LinkageError | StackOverflowError e) {
      return false;
    }
  }

  /** Overridden by tests of what happens when Spark fails. */
  KubernetesDriverSpec buildWithSpark(Map<String, String> entries, DriverRequest request) {
    SparkConf conf = IsolatedSparkConf.of(entries);
    // The driver would find a mistake in its executors' volumes only once it runs.
    KubernetesVolumeUtils$.MODULE$.parseVolumesWithPrefix(
        conf, "spark.kubernetes.executor.volumes.");
    return new KubernetesDriverBuilder()
        .buildFromFeatures(
            new AttemptDriverConf(conf, request.identity(), request.application()), null);
  }

  private static List<HasMetadata> made(KubernetesDriverSpec spec) {
    List<HasMetadata> all =
        new ArrayList<>(CollectionConverters.asJava(spec.driverPreKubernetesResources()));
    all.addAll(CollectionConverters.asJava(spec.driverKubernetesResources()));
    return all;
  }

  private static Service labelled(Service service, DriverRequest request) {
    return new ServiceBuilder(service)
        .editMetadata()
        .withNamespace(request.identity().namespace())
        .addToLabels(request.driver().labels())
        .endMetadata()
        .build();
  }

  private static ConfigMap configMap(DriverRequest request, Map<String, String> files) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(request.identity().configMapName())
        .withNamespace(request.identity().namespace())
        .withLabels(new TreeMap<>(request.driver().labels()))
        .endMetadata()
        .withImmutable(true)
        .withData(files)
        .build();
  }
}
