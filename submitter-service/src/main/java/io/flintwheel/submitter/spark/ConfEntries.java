package io.flintwheel.submitter.spark;

import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Spark configuration of an attempt: defaults, then the job's, then what is fixed. */
final class ConfEntries {

  static final String EXCLUDED_STEPS = "spark.kubernetes.driver.pod.excludedFeatureSteps";

  /**
   * Builds a Hadoop configuration and looks for token providers even when nobody asked for
   * Kerberos: ten times the cost of all other steps together.
   */
  private static final String KERBEROS_STEP =
      "org.apache.spark.deploy.k8s.features.KerberosConfDriverFeatureStep";

  private static final List<String> IMAGES =
      List.of(
          "spark.kubernetes.container.image",
          "spark.kubernetes.driver.container.image",
          "spark.kubernetes.executor.container.image");

  private ConfEntries() {}

  static Map<String, String> of(DriverRequest request) {
    DriverIdentity identity = request.identity();
    Map<String, String> conf = new TreeMap<>();
    conf.put("spark.app.name", identity.resourceName());
    // Spark's default has a random part, so a second build would differ from the first.
    conf.put("spark.local.dir", "/var/data/spark-local");
    conf.put("spark.kubernetes.executor.useDriverPodIP", "true");

    conf.putAll(request.conf());

    // In the driver, `spark.kubernetes.driver.master` decides; this one only has to be a cluster's.
    conf.put("spark.master", "k8s://https://kubernetes.default.svc");
    conf.put("spark.submit.deployMode", "cluster");
    conf.put("spark.app.id", identity.applicationId());
    conf.put("spark.kubernetes.namespace", identity.namespace());
    conf.put("spark.kubernetes.driver.pod.name", identity.podName());
    conf.put("spark.kubernetes.executor.podNamePrefix", identity.prefix());
    conf.put(EXCLUDED_STEPS, KERBEROS_STEP);
    request
        .driver()
        .labels()
        .forEach((key, value) -> conf.put("spark.kubernetes.driver.label." + key, value));
    request
        .executor()
        .labels()
        .forEach((key, value) -> conf.put("spark.kubernetes.executor.label." + key, value));
    for (EnvVar variable : request.executor().env()) {
      // Typed fields win.
      conf.remove(ExecutorEnvironment.PREFIX + variable.getName());
      conf.remove(ExecutorEnvironment.SECRET_PREFIX + variable.getName());
    }
    conf.putAll(ExecutorEnvironment.of(request.executor().env(), request.conf()).entries());
    Application application = request.application();
    if (application.isJvm()) {
      // spark-submit does this on the client side, and the one in the pod deliberately does not.
      conf.merge("spark.jars", application.mainFile(), ConfEntries::append);
    }
    // Spark would put its own version, that of this library.
    IMAGES.forEach(
        key ->
            conf.computeIfPresent(
                key,
                (name, image) -> image.replace("{{SPARK_VERSION}}", application.sparkVersion())));
    return conf;
  }

  private static String append(String list, String element) {
    return Stream.concat(
            Stream.of(list.split(",", -1)).map(String::strip).filter(entry -> !entry.isEmpty()),
            Stream.of(element))
        .distinct()
        .collect(Collectors.joining(","));
  }
}
