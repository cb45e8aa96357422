package io.flintwheel.submitter.kubernetes;

import io.flintwheel.submitter.SubmitterConfig;
import io.flintwheel.submitter.TestConfig;
import io.flintwheel.submitter.policy.NamespacePolicies;
import io.flintwheel.submitter.review.Reviewers;
import io.flintwheel.submitter.spark.SparkDriverBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
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

  /** One look of the sweep, a minute after pods were made. */
  public static Runnable sweep(
      FakeCluster cluster, SubmitterConfig config, CancelledAttempts cancelled) {
    return sweepAt(Duration.ofMinutes(1), cluster, config, cancelled)::run;
  }

  static Sweep sweepAt(
      Duration age, FakeCluster cluster, SubmitterConfig config, CancelledAttempts cancelled) {
    return new Sweep(
        cluster,
        drivers(cluster, config),
        withdrawal(cluster, config, hearing -> {}),
        cancellation(cluster, config),
        cancelled,
        NamespacePolicies.of(config),
        Reviewers.standard(),
        new SparkDriverBuilder(),
        new SweepConfig() {
          @Override
          public Duration interval() {
            return Duration.ofSeconds(30);
          }

          @Override
          public Duration grace() {
            return Duration.ofSeconds(10);
          }
        },
        Clock.fixed(FakeCluster.CREATED.plus(age), ZoneOffset.UTC));
  }

  private static DriverSearch search(FakeCluster cluster, SubmitterConfig config) {
    return new DriverSearch(cluster, NamespacePolicies.of(config));
  }
}
