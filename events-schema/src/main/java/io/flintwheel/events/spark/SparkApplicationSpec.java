package io.flintwheel.events.spark;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The job specification: the v1beta2 {@code SparkApplicationSpec} of the Kubeflow Spark operator,
 * all of it, as {@link SparkApplicationSpecReader} found it.
 *
 * <p>A component that was not given is null, or empty when it is a collection. Defaults are not put
 * into the data: they are methods, so that a reader can tell what its author wrote from what was
 * assumed. That a field is here does not mean that it is honoured; the submitter refuses those that
 * are not, by name.
 *
 * @param type the language
 * @param sparkVersion such as {@code 4.1.1}
 * @param mode where the driver runs; {@code cluster} when not given
 * @param proxyUser whom Hadoop should see
 * @param image of driver and executors
 * @param imagePullPolicy of driver and executors
 * @param imagePullSecrets names of Secrets
 * @param mainClass of a Java or Scala application
 * @param mainApplicationFile a URI of the jar or script
 * @param arguments of the application
 * @param sparkConf Spark's configuration; a typed field wins over its key
 * @param hadoopConf Hadoop's configuration, without {@code spark.hadoop.}
 * @param sparkConfigMap a ConfigMap at {@code /etc/spark/conf}
 * @param hadoopConfigMap a ConfigMap at {@code /etc/hadoop/conf}
 * @param volumes Volume documents
 * @param driver the driver
 * @param executor the executors
 * @param deps what the application needs beside its main file
 * @param restartPolicy whether a job that ended is run again; never when not given
 * @param nodeSelector of both roles; excludes the roles' own
 * @param failureRetries read by nobody upstream
 * @param retryInterval read by nobody upstream
 * @param pythonVersion of a Python application
 * @param memoryOverheadFactor of the heap, as a fraction
 * @param monitoring metrics
 * @param batchScheduler who places the pods together
 * @param timeToLiveSeconds how long a job that ended is remembered
 * @param batchSchedulerOptions for {@code batchScheduler}
 * @param sparkUIOptions the Service and Ingress of Spark's web UI
 * @param driverIngressOptions more Services and Ingresses of the driver
 * @param dynamicAllocation Spark's own adding and removing of executors
 * @param suspend do not start, or stop, until it is false
 * @param driverPodDisruptionBudget protect the driver from voluntary disruption
 */
public record SparkApplicationSpec(
    @JsonProperty(required = true) ApplicationType type,
    @JsonProperty(required = true) String sparkVersion,
    @Nullable DeployMode mode,
    @Nullable String proxyUser,
    @Nullable String image,
    @Nullable ImagePullPolicy imagePullPolicy,
    List<String> imagePullSecrets,
    @Nullable String mainClass,
    @JsonProperty(required = true) String mainApplicationFile,
    List<String> arguments,
    Map<String, String> sparkConf,
    Map<String, String> hadoopConf,
    @Nullable String sparkConfigMap,
    @Nullable String hadoopConfigMap,
    List<ObjectNode> volumes,
    @JsonProperty(required = true) DriverSpec driver,
    @JsonProperty(required = true) ExecutorSpec executor,
    @Nullable Dependencies deps,
    @Nullable RestartPolicy restartPolicy,
    Map<String, String> nodeSelector,
    @Nullable Integer failureRetries,
    @Nullable Long retryInterval,
    @Nullable PythonVersion pythonVersion,
    @Syntax(pattern = Syntax.FRACTION, says = Syntax.FRACTION_SAYS)
        @Nullable String memoryOverheadFactor,
    @Nullable Monitoring monitoring,
    @Nullable String batchScheduler,
    @Nullable Long timeToLiveSeconds,
    @Nullable BatchSchedulerOptions batchSchedulerOptions,
    @Nullable SparkUiOptions sparkUIOptions,
    List<DriverIngressOptions> driverIngressOptions,
    @Nullable DynamicAllocation dynamicAllocation,
    @Nullable Boolean suspend,
    @Nullable Boolean driverPodDisruptionBudget) {

  /** Where the driver runs; {@code cluster} unless said. */
  public DeployMode modeOrDefault() {
    return mode == null ? DeployMode.CLUSTER : mode;
  }

  /** Whether a job that ended is run again; {@code Never} unless said. */
  public RestartPolicy.Type restartType() {
    return restartPolicy == null || restartPolicy.type() == null
        ? RestartPolicy.Type.NEVER
        : restartPolicy.type();
  }

  /** Cores of the driver: the field, or 1; empty when only {@code sparkConf} says. */
  public Optional<Integer> driverCores() {
    return fieldOr(driver.pod().cores(), "spark.driver.cores", 1);
  }

  /** Heap of the driver: the field, or 1g; empty when only {@code sparkConf} says. */
  public Optional<String> driverMemory() {
    return fieldOr(driver.pod().memory(), "spark.driver.memory", "1g");
  }

  /** Cores of an executor: the field, or 1; empty when only {@code sparkConf} says. */
  public Optional<Integer> executorCores() {
    return fieldOr(executor.pod().cores(), "spark.executor.cores", 1);
  }

  /** Heap of an executor: the field, or 1g; empty when only {@code sparkConf} says. */
  public Optional<String> executorMemory() {
    return fieldOr(executor.pod().memory(), "spark.executor.memory", "1g");
  }

  /**
   * How many executors: the field, or 1; empty when only {@code sparkConf} says or when dynamic
   * allocation decides.
   */
  public Optional<Integer> executorInstances() {
    if (executor.instances() == null && isDynamicallyAllocated()) {
      return Optional.empty();
    }
    return fieldOr(executor.instances(), "spark.executor.instances", 1);
  }

  /** Whether Spark adds and removes executors, by the field or by {@code sparkConf}. */
  public boolean isDynamicallyAllocated() {
    if (dynamicAllocation != null && dynamicAllocation.enabled() != null) {
      return dynamicAllocation.enabled();
    }
    return Boolean.parseBoolean(sparkConf.get("spark.dynamicAllocation.enabled"));
  }

  private <T> Optional<T> fieldOr(@Nullable T field, String key, T otherwise) {
    if (field != null) {
      return Optional.of(field);
    }
    return sparkConf.containsKey(key) ? Optional.empty() : Optional.of(otherwise);
  }
}
