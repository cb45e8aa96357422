package io.flintwheel.submitter.spark;

import java.util.Map;

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
    conf = Map.copyOf(conf);
    annotations = Map.copyOf(annotations);
  }
}
