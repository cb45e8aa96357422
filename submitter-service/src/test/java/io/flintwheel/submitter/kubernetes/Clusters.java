package io.flintwheel.submitter.kubernetes;

import io.flintwheel.submitter.SubmitterConfig;
import io.flintwheel.submitter.TestConfig;
import io.flintwheel.submitter.policy.NamespacePolicies;

/** Lets tests of other packages work on a fake cluster. */
public final class Clusters {

  private Clusters() {}

  public static Drivers drivers(FakeCluster cluster) {
    return new Drivers(cluster, NamespacePolicies.of(TestConfig.standard()));
  }

  public static Drivers drivers(FakeCluster cluster, SubmitterConfig config) {
    return new Drivers(cluster, NamespacePolicies.of(config));
  }

  public static Cancellation cancellation(FakeCluster cluster, SubmitterConfig config) {
    return new Cancellation(cluster, NamespacePolicies.of(config));
  }
}
