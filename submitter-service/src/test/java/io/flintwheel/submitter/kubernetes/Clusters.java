package io.flintwheel.submitter.kubernetes;

import io.flintwheel.submitter.SubmitterConfig;
import io.flintwheel.submitter.TestConfig;
import io.flintwheel.submitter.policy.NamespacePolicies;
import java.util.concurrent.Executor;

/** Lets tests of other packages work on a fake cluster. */
public final class Clusters {

  private Clusters() {}

  public static Drivers drivers(FakeCluster cluster) {
    return drivers(cluster, TestConfig.standard());
  }

  public static Drivers drivers(FakeCluster cluster, SubmitterConfig config) {
    return new Drivers(
        cluster,
        NamespacePolicies.of(config),
        search(cluster, config),
        withdrawal(cluster, config, hearing -> {}));
  }

  /** Removes what it took back at a time of the caller's choice. */
  public static Withdrawal withdrawal(FakeCluster cluster, SubmitterConfig config, Executor later) {
    return new Withdrawal(cluster, search(cluster, config), later);
  }

  public static Cancellation cancellation(FakeCluster cluster, SubmitterConfig config) {
    return new Cancellation(cluster, search(cluster, config));
  }

  private static DriverSearch search(FakeCluster cluster, SubmitterConfig config) {
    return new DriverSearch(cluster, NamespacePolicies.of(config));
  }
}
