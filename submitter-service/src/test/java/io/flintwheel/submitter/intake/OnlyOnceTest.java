package io.flintwheel.submitter.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.Event;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.submitter.Requests;
import io.flintwheel.submitter.kafka.FakePublisher;
import io.flintwheel.submitter.kubernetes.FakeCluster;
import io.flintwheel.submitter.spark.SparkDriverBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An attempt has one driver at most, whatever became of it, and one end. */
class OnlyOnceTest {

  private static final Event<JobRequested> PI = Requests.sparkPi("pi");
  private static final Event<JobRequested> OTHER =
      Requests.withSpec("pi", Requests.SPEC + "arguments: [\"7\"]");

  private final Deliveries deliveries = new Deliveries(new SparkDriverBuilder());
  private final FakeCluster cluster = deliveries.cluster;
  private final FakePublisher broker = deliveries.broker;

  @Test
  void leavesAJobThatCouldNotBeSubmittedAsItIsWhenItsRequestComesAgain() {
    refuse(PI);

    deliveries.run(PI);

    assertThat(broker.types()).containsExactly("accepted", "submission-failed");
    assertThat(cluster.pods).isEmpty();
  }

  @Test
  void takesNoOtherJobUnderTheIdOfOneThatCouldNotBeSubmitted() {
    refuse(PI);

    deliveries.run(OTHER);

    assertThat(broker.types()).containsExactly("accepted", "submission-failed", "conflicted");
    assertThat(broker.deadLetters).hasSize(1);
    assertThat(cluster.pods).isEmpty();
  }

  @Test
  void takesAnotherAttemptOfAJobThatCouldNotBeSubmitted() {
    refuse(PI);

    deliveries.run(attempt(PI, 2, null));

    assertThat(cluster.pods).containsOnlyKeys("pi-r2-driver");
  }

  @Test
  void leavesAJobThatAnotherProcessCouldNotSubmitAsItIs() {
    Deliveries before = new Deliveries(new SparkDriverBuilder());
    before.cluster.failNext(FakeCluster.refusal(422, "Invalid", "no such image"));
    before.run(PI);
    before.broker.events.forEach(fact -> deliveries.hears(fact, 0, 0));

    deliveries.run(PI);

    assertThat(broker.types()).isEmpty();
    assertThat(cluster.pods).isEmpty();
  }

  @Test
  void tellsAFailedSubmissionThatTheBrokerMayNotHaveGotAndTriesNothingElse() {
    cluster.failNext(FakeCluster.refusal(422, "Invalid", "no such image"));
    broker.setAway(true);
    RequestTask task = deliveries.task(PI);
    assertThat(task.run()).isPresent();
    broker.setAway(false);

    assertThat(task.run()).isEmpty();

    assertThat(broker.types()).containsExactly("accepted", "submission-failed");
    assertThat(cluster.pods).isEmpty();
  }

  @Test
  void makesNoSecondDriverWhenTheFirstIsGoneBeforeItWasTold() {
    broker.setAway(true);
    RequestTask task = deliveries.task(PI);
    assertThat(task.run()).isPresent();
    cluster.pods.clear();
    broker.setAway(false);

    assertThat(task.run()).isEmpty();

    assertThat(cluster.pods).isEmpty();
    assertThat(broker.types()).containsExactly("accepted", "submitted");
  }

  @Test
  void makesNoSecondDriverWhenTheFirstWasToldAndIsGoneBeforeThatIsHeard() {
    deliveries.run(PI);
    cluster.pods.clear();

    deliveries.run(PI);

    assertThat(cluster.pods).isEmpty();
    assertThat(broker.types()).containsExactly("accepted", "submitted");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"Succeeded", "Failed"})
  void leavesAnAttemptWhoseDriverIsGoneAloneWhileALaterOneIsThere(String phase) {
    deliveries.run(PI);
    cluster.pods.clear();
    deliveries.run(attempt(PI, 2, null));
    if (phase != null) {
      cluster.phase("pi-r2-driver", phase);
    }

    deliveries.run(PI);

    assertThat(cluster.pods).containsOnlyKeys("pi-r2-driver");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "another")
  void makesOneDriverOfAnAttemptWhateverNameItIsAskedForUnder(String second) {
    String first = second == null ? "another" : null;
    deliveries.run(attempt(PI, 1, first));

    deliveries.run(attempt(PI, 1, second));

    assertThat(cluster.pods).hasSize(1);
    assertThat(broker.types().stream().distinct()).containsExactly("accepted", "submitted");
  }

  private void refuse(Event<JobRequested> request) {
    cluster.failNext(FakeCluster.refusal(422, "Invalid", "no such image"));
    deliveries.run(request);
  }

  private static Event<JobRequested> attempt(
      Event<JobRequested> event, int attempt, String resourceName) {
    JobRequested request = event.data();
    return Requests.event(
        new JobRequested(
            request.jobId(),
            request.namespace(),
            request.labels(),
            attempt,
            resourceName,
            null,
            request.spec()));
  }
}
