package io.flintwheel.submitter.spark;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that holds what it was given and nothing of this process.
 *
 * <p>Spark's own takes in {@code spark.*} system properties, and its builder asks it for
 * environment variables such as {@code HADOOP_CONF_DIR}, whose files would end in the job's
 * ConfigMap.
 */
final class IsolatedSparkConf extends SparkConf {

  private static final long serialVersionUID = 1L;

  private IsolatedSparkConf() {
    super(false);
  }

  static IsolatedSparkConf of(Map<String, String> entries) {
    IsolatedSparkConf conf = new IsolatedSparkConf();
    entries.forEach(conf::set);
    return conf;
  }

  @Override
  public @Nullable String getenv(String name) {
    return null;
  }
}
