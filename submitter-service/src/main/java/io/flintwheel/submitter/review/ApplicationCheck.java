package io.flintwheel.submitter.review;

import io.flintwheel.events.job.KubernetesSyntax;
import io.flintwheel.events.job.Problem;
import io.flintwheel.events.spark.ApplicationType;
import io.flintwheel.events.spark.SparkApplicationSpec;
import io.flintwheel.submitter.policy.ConfPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What spark-submit would ask of the application before it makes a driver. */
final class ApplicationCheck {

  private static final Pattern SERVICE_ACCOUNT =
      Pattern.compile("(?=.{1,253}$)[a-z0-9]([-a-z0-9.]*[a-z0-9])?");

  private static final Pattern SPARK_VERSION = Pattern.compile("[0-9]+(\\.[0-9]+)*[-.\\w]*");

  private static final List<String> SERVICE_ACCOUNT_KEYS =
      List.of(
          "spark.kubernetes.authenticate.driver.serviceAccountName",
          "spark.kubernetes.authenticate.executor.serviceAccountName");

  private ApplicationCheck() {}

  static List<Problem> check(SparkApplicationSpec spec) {
    List<Problem> problems = new ArrayList<>();
    boolean jvm = spec.type() == ApplicationType.JAVA || spec.type() == ApplicationType.SCALA;
    if (jvm && isBlank(spec.mainClass())) {
      problems.add(
          new Problem(
              "spec.mainClass",
              "is missing",
              "the main class; it is not looked up in the jar, which the submitter does not open"));
    }
    if (!SPARK_VERSION.matcher(spec.sparkVersion()).matches()
        || !KubernetesSyntax.isLabelValue(spec.sparkVersion())) {
      problems.add(new Problem("spec.sparkVersion", "is no version", "a version such as 4.1.1"));
    }
    Map<String, String> conf = spec.sparkConf();
    if (isBlank(spec.image())
        && isBlank(conf.get("spark.kubernetes.container.image"))
        && (isBlank(conf.get("spark.kubernetes.driver.container.image"))
            || isBlank(conf.get("spark.kubernetes.executor.container.image")))) {
      problems.add(new Problem("spec.image", "is missing", "the image of driver and executors"));
    }
    for (String key : SERVICE_ACCOUNT_KEYS) {
      serviceAccount(ConfPolicy.field(key), conf.get(key), problems);
    }
    serviceAccount("spec.driver.serviceAccount", spec.driver().pod().serviceAccount(), problems);
    serviceAccount(
        "spec.executor.serviceAccount", spec.executor().pod().serviceAccount(), problems);
    return problems;
  }

  /** What is allowed and has no effect. */
  static List<Problem> warnings(SparkApplicationSpec spec) {
    boolean script = spec.type() == ApplicationType.PYTHON || spec.type() == ApplicationType.R;
    return script && !isBlank(spec.mainClass())
        ? List.of(
            new Problem(
                "spec.mainClass",
                "has no effect on a Python or R application",
                "mainApplicationFile alone; Spark's own class runs it"))
        : List.of();
  }

  private static void serviceAccount(String field, @Nullable String name, List<Problem> problems) {
    if (name != null && !SERVICE_ACCOUNT.matcher(name).matches()) {
      problems.add(
          new Problem(
              field, "not the name of a service account", "lower-case letters, digits, '-', '.'"));
    }
  }

  private static boolean isBlank(@Nullable String value) {
    return value == null || value.isBlank();
  }
}
