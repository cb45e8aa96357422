package io.flintwheel.events.job;

import java.util.Set;

/** Labels and annotations by which the parts of Flintwheel know each other's pods. */
public final class JobLabels {

  /** Label: the job id. On the driver, its executors, ConfigMap and Service. */
  public static final String JOB_ID = "flintwheel.io/job-id";

  /** Label: the attempt, from 1. */
  public static final String ATTEMPT = "flintwheel.io/attempt";

  /** Label {@code app.kubernetes.io/managed-by}, value {@value #MANAGED_BY_VALUE}: ours. */
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  public static final String MANAGED_BY_VALUE = "flintwheel";

  /** Label: the schedule that asked for the job, if one did. */
  public static final String SCHEDULE = "flintwheel.io/schedule";

  /** Annotation on the driver pod: the request, gzip and base64 of the structured event. */
  public static final String REQUEST = "flintwheel.io/request";

  /** Annotation on the driver pod: {@link JobSpec#digest()} of the request. */
  public static final String SPEC_DIGEST = "flintwheel.io/spec-digest";

  /** Annotation: set before a cancelled driver is deleted; its value is the reason. */
  public static final String CANCEL_REQUESTED = "flintwheel.io/cancel-requested";

  /**
   * Annotation: on a driver pod of an attempt that could not be submitted, until it is deleted; its
   * value is the {@link Failure} in JSON. The submitter tells that end.
   */
  public static final String WITHDRAWN = "flintwheel.io/withdrawn";

  /** Label of Spark: {@code driver} or {@code executor}. */
  public static final String SPARK_ROLE = "spark-role";

  /** Label of Spark: the executor's id. */
  public static final String SPARK_EXECUTOR_ID = "spark-exec-id";

  /** Label of Spark: the application's id. */
  public static final String SPARK_APPLICATION = "spark-app-selector";

  private static final Set<String> SPARKS =
      Set.of(
          SPARK_ROLE,
          SPARK_EXECUTOR_ID,
          SPARK_APPLICATION,
          "spark-app-name",
          "spark-version",
          "spark-exec-resourceprofile-id",
          "spark-exec-inactive");

  private JobLabels() {}

  /** Whether a label's key belongs to Flintwheel or to Spark and a request must not set it. */
  public static boolean isReserved(String key) {
    return key.startsWith("flintwheel.io/") || key.equals(MANAGED_BY) || SPARKS.contains(key);
  }
}
