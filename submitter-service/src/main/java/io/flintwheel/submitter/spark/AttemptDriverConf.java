package io.flintwheel.submitter.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.deploy.k8s.KubernetesDriverConf;
import org.apache.spark.deploy.k8s.submit.JavaMainAppResource;
import org.apache.spark.deploy.k8s.submit.MainAppResource;
import org.apache.spark.deploy.k8s.submit.PythonMainAppResource;
import org.apache.spark.deploy.k8s.submit.RMainAppResource;
import org.apache.spark.util.SystemClock;
import scala.Option;
import scala.collection.immutable.Map;

/**
 * Spark's description of a driver with the names of the attempt in place of Spark's random ones,
 * which would make a second driver of every redelivery.
 */
final class AttemptDriverConf extends KubernetesDriverConf {

  private static final String SPARK_VERSION_LABEL = "spark-version";

  private final DriverIdentity identity;
  private final String sparkVersion;

  AttemptDriverConf(SparkConf conf, DriverIdentity identity, Application application) {
    super(
        conf,
        identity.applicationId(),
        mainResource(application),
        mainClass(application),
        application.arguments().toArray(String[]::new),
        Option.empty(),
        // Not null: Spark reaches for it when a name is too long.
        new SystemClock());
    this.identity = identity;
    this.sparkVersion = application.sparkVersion();
  }

  @Override
  public String resourceNamePrefix() {
    return identity.prefix();
  }

  /** With the version of the image; Spark would tell that of this service's library. */
  @Override
  @SuppressWarnings("unchecked") // javac reads Scala's `updated` as raw.
  public Map<String, String> labels() {
    return super.labels().updated(SPARK_VERSION_LABEL, sparkVersion);
  }

  private static MainAppResource mainResource(Application application) {
    return switch (application.type()) {
      case JAVA, SCALA -> new JavaMainAppResource(Option.apply(application.mainFile()));
      case PYTHON -> new PythonMainAppResource(application.mainFile());
      case R -> new RMainAppResource(application.mainFile());
    };
  }

  private static String mainClass(Application application) {
    return switch (application.type()) {
      case JAVA, SCALA -> application.mainClass();
      case PYTHON -> "org.apache.spark.deploy.PythonRunner";
      case R -> "org.apache.spark.deploy.RRunner";
    };
  }
}
