package io.flintwheel.submitter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flintwheel.events.Event;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.submitter.Requests;
import io.flintwheel.submitter.TestConfig;
import io.flintwheel.submitter.review.Reviewers;
import io.flintwheel.submitter.spark.DriverRequest;
import io.flintwheel.submitter.spark.DriverResources;
import io.flintwheel.submitter.spark.SparkDriverBuilder;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A namespace that was configured before its Role exists does not stop the jobs of another. */
class OneBadNamespaceTest {

  private static final TestConfig CONFIG = new TestConfig(Set.of("broken", "default", "fine"));
  private static final JobId PI = new JobId("pi");
  private final ClusterRefusalException forbidden =
      FakeCluster.refusal(403, "Forbidden", "pods is forbidden");

  private final FakeCluster cluster = new FakeCluster();
  private final Drivers drivers = Clusters.drivers(cluster, CONFIG);
  private final Cancellation cancellation = Clusters.cancellation(cluster, CONFIG);

  @BeforeEach
  void nothingMayBeSeenInOneNamespace() {
    cluster.refuse("list pods in broken", forbidden);
  }

  @Test
  void submitsToAHealthyNamespace() throws Exception {
    Submission submission = submit(Requests.inNamespace("pi", "default"));

    assertThat(submission).isInstanceOf(Submission.Submitted.class);
  }

  @Test
  void doesNotSubmitToANamespaceThatItCannotSee() {
    assertThatThrownBy(() -> submit(Requests.inNamespace("pi", "broken"))).isSameAs(forbidden);
  }

  @Test
  void cancelsADriverInAHealthyNamespace() throws Exception {
    submit(Requests.inNamespace("pi", "default"));

    Cancellation.Outcome outcome = cancellation.cancel(PI, Optional.empty(), null);

    assertThat(outcome.hadDriver()).isTrue();
    assertThat(cluster.pods).isEmpty();
  }

  @Test
  void stopsADriverAlthoughAnotherMayNotBeStopped() throws Exception {
    cluster.create(resources(Requests.inNamespace("pi", "default")).pod());
    cluster.create(resources(secondAttemptIn("fine")).pod());
    cluster.refuse("annotate pod in default", forbidden);

    assertThatThrownBy(() -> cancellation.cancel(PI, Optional.empty(), null)).isSameAs(forbidden);

    assertThat(cluster.pods).containsOnlyKeys("pi-driver");
  }

  @Test
  void cancelsAJobWithoutADriverThatWasAskedForInAHealthyNamespace() {
    Cancellation.Outcome outcome = cancellation.cancel(PI, Optional.of("default"), null);

    assertThat(outcome.hadDriver()).isFalse();
  }

  @Test
  void refusesToCancelWhatMayBeWhereItCannotLook() {
    assertThatThrownBy(() -> cancellation.cancel(PI, Optional.empty(), null)).isSameAs(forbidden);
  }

  private Submission submit(Event<JobRequested> event) throws Exception {
    DriverRequest request = Reviewers.admitted(event, CONFIG);
    DriverResources wanted = new SparkDriverBuilder().build(request);
    return drivers
        .findElsewhere(request.identity(), wanted, false)
        .orElseGet(() -> drivers.submit(request.identity(), wanted));
  }

  private static Event<JobRequested> secondAttemptIn(String namespace) {
    return Requests.ofYaml(
        "{jobId: pi, attempt: 2, namespace: "
            + namespace
            + ", spec: "
            + Requests.SPEC_IN_ONE_LINE
            + "}");
  }

  private static DriverResources resources(Event<JobRequested> event) throws Exception {
    return new SparkDriverBuilder().build(Reviewers.admitted(event, CONFIG));
  }
}
