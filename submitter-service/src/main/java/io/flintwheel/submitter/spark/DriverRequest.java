package io.flintwheel.submitter.spark;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A driver to be built; everything in it has passed the policy.
 *
 * @param conf the job's Spark configuration: what it was given and what its typed fields mean
 * @param annotations of the driver pod alone; they are no part of Spark's configuration
 */
public record DriverRequest(
    DriverIdentity identity,
    Application application,
    Map<String, String> conf,
    Map<String, String> annotations,
    RolePod driver,
    RolePod executor) {

  public DriverRequest {
    // Sorted: Java's own immutable maps have another order in each process.
    conf = Collections.unmodifiableMap(new TreeMap<>(conf));
    annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
  }
}
