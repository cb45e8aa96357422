package io.flintwheel.submitter.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.flintwheel.events.Event;
import io.flintwheel.events.EventId;
import io.flintwheel.events.job.Failure;
import io.flintwheel.events.job.FailureClass;
import io.flintwheel.events.job.JobFact;
import io.flintwheel.events.job.JobFailed;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobLost;
import io.flintwheel.events.job.JobPending;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.JobRunning;
import io.flintwheel.events.job.JobSubmitted;
import io.flintwheel.events.job.JobSucceeded;
import io.flintwheel.events.job.PodRef;
import io.flintwheel.submitter.Requests;
import io.flintwheel.submitter.kafka.FakePublisher;
import io.flintwheel.submitter.kubernetes.FakeCluster;
import io.flintwheel.submitter.spark.SparkDriverBuilder;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An attempt has one driver at most, whatever became of it, and one end. */
class OnlyOnceTest {

  private static final Event<JobRequested> PI = Requests.sparkPi("pi");
  private static final Event<JobRequested> OTHER =
      Requests.withSpec("pi", Requests.SPEC + "arguments: [\"7\"]");

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

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

  /** Whoever has heard the cancel deletes the pod before the cancel's turn comes. */
  @Test
  void makesNoDriverOnceItsCancelIsHeard() {
    cluster.refuse("create configmap", FakeCluster.unavailable());
    RequestTask task = deliveries.task(PI);
    assertThat(task.run()).isPresent();
    deliveries.hears(Deliveries.cancel("pi"), 3, 1);
    cluster.pods.clear();
    cluster.refuseNothing();

    assertThat(task.run()).isEmpty();

    assertThat(cluster.pods).isEmpty();
    assertThat(broker.types()).containsExactly("cancelled");
  }

  @Test
  void tellsACancelledJobNotAsFailedWhenKubernetesRefusesIt() {
    cluster.refuse("create configmap", FakeCluster.refusal(403, "Forbidden", "exceeded quota"));
    RequestTask task = deliveries.task(PI);
    for (int i = 0; i < 4; i++) {
      assertThat(task.run()).isPresent();
    }
    deliveries.hears(Deliveries.cancel("pi"), 3, 1);

    assertThat(task.run()).isEmpty();

    assertThat(cluster.pods).isEmpty();
    assertThat(broker.types()).doesNotContain("submission-failed");
  }

  /** It waited for the refusal to be believed, which ends just then. */
  @Test
  void tellsAFailureAndMakesNoSecondDriverWhenAnotherReplicaHasTheRequestMeanwhile() {
    Deliveries other = new Deliveries(new SparkDriverBuilder(), cluster, broker);
    RequestTask task = nearlyGivenUp("create configmap");
    broker.meanwhile(
        () -> {
          cluster.refuseNothing();
          other.run(PI);
        });

    assertThat(task.run()).isEmpty();

    assertThat(broker.types().stream().distinct()).containsExactly("accepted", "submission-failed");
    assertThat(cluster.configMaps).isEmpty();
    assertThat(cluster.pods.get("pi-driver").getMetadata().getUid()).isEqualTo("uid-1");
  }

  @Test
  void removesADriverThatWasTakenBackOnceAllHaveHeardOfIt() {
    RequestTask task = nearlyGivenUp("create configmap");
    assertThat(task.run()).isEmpty();
    assertThat(cluster.pods).isNotEmpty();

    deliveries.onceAllHaveHeard.forEach(Runnable::run);

    assertThat(cluster.pods).isEmpty();
  }

  @Test
  void removesNoLaterPodOfTheName() {
    RequestTask task = nearlyGivenUp("create configmap");
    assertThat(task.run()).isEmpty();
    cluster.refuseNothing();
    cluster.pods.clear();
    cluster.create(
        new PodBuilder()
            .withNewMetadata()
            .withNamespace("default")
            .withName("pi-driver")
            .endMetadata()
            .build());

    deliveries.onceAllHaveHeard.forEach(Runnable::run);

    assertThat(cluster.pods).containsOnlyKeys("pi-driver");
  }

  /** There is no pod then whose name could keep another replica from it. */
  @Test
  void stopsADriverThatAnotherReplicaMakesWhileItIsToldAsFailed() {
    Deliveries other = new Deliveries(new SparkDriverBuilder(), cluster, broker);
    RequestTask task = nearlyGivenUp("create pod");
    broker.meanwhile(
        () -> {
          cluster.refuseNothing();
          other.run(PI);
        });

    assertThat(task.run()).isEmpty();

    assertThat(cluster.pods).isEmpty();
    assertThat(broker.types()).endsWith("submission-failed");
  }

  @Test
  void stopsADriverThatItMadeWhileAnotherReplicaToldItAsFailed() {
    Deliveries before = new Deliveries(new SparkDriverBuilder());
    before.cluster.failNext(FakeCluster.refusal(422, "Invalid", "no such image"));
    before.run(PI);
    cluster.after(
        "create configmap",
        () -> before.broker.events.forEach(fact -> deliveries.hears(fact, 0, 0)));

    deliveries.run(PI);

    assertThat(cluster.pods).isEmpty();
    assertThat(broker.types()).isEmpty();
  }

  @Test
  void goesByTheMarkWhenTheCancelOfADriverThatWasTakenBackIsHeard() {
    RequestTask task = nearlyGivenUp("create configmap");
    broker.setAway(true);
    assertThat(task.run()).isPresent();
    Deliveries other = new Deliveries(new SparkDriverBuilder(), cluster, broker);
    broker.setAway(false);
    other.run(Deliveries.cancel("pi"));
    other.hears(PI, 3, 0);
    other.hears(Deliveries.cancel("pi"), 3, 1);

    other.run(PI);

    assertThat(broker.types()).containsExactly("accepted", "submission-failed");
  }

  /** Its partition was taken from it after it had given up and before it could say so. */
  @Test
  void tellsNoFailureOfWhatAnotherReplicaHasMadeSince() {
    RequestTask task = nearlyGivenUp("create pod");
    broker.setAway(true);
    assertThat(task.run()).isPresent();
    broker.setAway(false);
    cluster.refuseNothing();
    Deliveries other = new Deliveries(new SparkDriverBuilder(), cluster, broker);
    other.run(PI);
    broker.events.forEach(fact -> deliveries.hears(fact, 0, 0));

    deliveries.run(PI);

    assertThat(cluster.pods).containsOnlyKeys("pi-driver");
    assertThat(broker.types()).doesNotContain("submission-failed");
  }

  private RequestTask nearlyGivenUp(String refused) {
    cluster.refuse(refused, FakeCluster.refusal(403, "Forbidden", "exceeded quota"));
    RequestTask task = deliveries.task(PI);
    for (int i = 0; i < 4; i++) {
      assertThat(task.run()).isPresent();
    }
    return task;
  }

  static List<JobFact> sightings() {
    PodRef seen = PodRef.of("pi-driver", "seen");
    Failure failure = Failure.of(FailureClass.UNKNOWN, "Error", "gone");
    return List.of(
        new JobRunning(PI.data().jobId(), "default", 1, seen, NOON, null),
        new JobSucceeded(PI.data().jobId(), "default", 1, seen, NOON, NOON),
        new JobFailed(PI.data().jobId(), "default", 1, seen, NOON, NOON, failure),
        new JobLost(PI.data().jobId(), "default", 1, seen, failure));
  }

  /** Whoever made it was killed before it could say so, and the pod is gone. */
  @ParameterizedTest
  @MethodSource("sightings")
  void tellsADriverThatOnlyOthersSawAndMakesNoSecond(JobFact sighting) {
    deliveries.hears(PI, 3, 0);
    deliveries.hears(fact(sighting), 0, 0);

    deliveries.run(PI);

    assertThat(cluster.pods).isEmpty();
    assertThat(broker.types()).containsExactly("accepted", "submitted");
    assertThat(broker.events.get(1).data())
        .isInstanceOfSatisfying(
            JobSubmitted.class, told -> assertThat(told.driver().uid()).isEqualTo("seen"));
  }

  @ParameterizedTest
  @MethodSource("sightings")
  void takesNoOtherJobUnderTheIdOfOneThatOnlyOthersSaw(JobFact sighting) {
    deliveries.hears(PI, 3, 0);
    deliveries.hears(fact(sighting), 0, 0);

    deliveries.run(OTHER);

    assertThat(cluster.pods).isEmpty();
    assertThat(broker.types()).containsExactly("conflicted");
  }

  static List<JobFact> incomplete() {
    JobId pi = PI.data().jobId();
    return List.of(
        new JobSubmitted(pi, "default", 1, null, "spark-1", null),
        new JobRunning(pi, "default", 1, PodRef.of("pi-driver", null), NOON, null));
  }

  @ParameterizedTest
  @MethodSource("incomplete")
  void hearsNothingFromAFactOfWhichAPartIsMissing(JobFact fact) {
    deliveries.hears(fact(fact), 0, 0);

    deliveries.run(PI);

    assertThat(cluster.pods).containsOnlyKeys("pi-driver");
  }

  @Test
  void makesADriverAnewThatOthersOnlySawWaiting() {
    deliveries.hears(
        fact(
            new JobPending(
                PI.data().jobId(), "default", 1, PodRef.of("pi-driver", "seen"), "Waits", "x")),
        0,
        0);

    deliveries.run(PI);

    assertThat(cluster.pods).containsOnlyKeys("pi-driver");
  }

  private static Event<JobFact> fact(JobFact fact) {
    return new Event<>(
        EventId.of(fact.type()), URI.create("urn:flintwheel:test:status"), NOON, fact);
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
