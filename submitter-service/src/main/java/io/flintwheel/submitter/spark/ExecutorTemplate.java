package io.flintwheel.submitter.spark;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Optional;

/**
 * The pod template from which the driver makes its executors, for what Spark's configuration has no
 * word for. It lies in the driver's ConfigMap; Spark's own way reads a file of the submitter.
 */
final class ExecutorTemplate {

  static final String KEY = "executor-pod-template.yaml";
  static final String PROPERTY = "spark.kubernetes.executor.podTemplateFile";

  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  private ExecutorTemplate() {}

  /** The template as YAML; empty when the executors need none. */
  static Optional<String> of(DriverRequest request) {
    RolePod executor = request.executor();
    List<EnvVar> env = ExecutorEnvironment.of(executor.env(), request.conf()).template();
    if (env.isEmpty() && executor.securityContext() == null) {
      return Optional.empty();
    }
    Pod template =
        new PodBuilder()
            .withNewSpec()
            .addNewContainer()
            .withName("spark-kubernetes-executor")
            .withEnv(env)
            .withSecurityContext(executor.securityContext())
            .endContainer()
            .endSpec()
            .build();
    return Optional.of(SERIALIZATION.asYaml(template));
  }
}
