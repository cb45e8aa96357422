package io.flintwheel.submitter.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.flintwheel.events.Event;
import io.flintwheel.events.job.Failure;
import io.flintwheel.events.job.JobAccepted;
import io.flintwheel.events.job.JobCancelled;
import io.flintwheel.events.job.JobConflicted;
import io.flintwheel.events.job.JobFact;
import io.flintwheel.events.job.JobLabels;
import io.flintwheel.events.job.JobMessage;
import io.flintwheel.events.job.JobRejected;
import io.flintwheel.events.job.JobSubmissionFailed;
import io.flintwheel.events.job.Problem;
import io.flintwheel.submitter.Requests;
import io.flintwheel.submitter.kafka.FakePublisher;
import io.flintwheel.submitter.kubernetes.FakeCluster;
import io.flintwheel.submitter.spark.SparkDriverBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A record from its delivery to its last effect, on a fake cluster and a fake broker. */
class RequestTaskTest {

  private final Deliveries deliveries = new Deliveries(new SparkDriverBuilder());
  private final FakeCluster cluster = deliveries.cluster;
  private final FakePublisher broker = deliveries.broker;
  private final OffsetTracker offsets = deliveries.offsets;

  @Test
  void makesOneDriverOfThreeDeliveries() {
    for (int delivery = 0; delivery < 3; delivery++) {
      run(Requests.sparkPi("pi"));
    }

    assertThat(cluster.pods).containsOnlyKeys("pi-driver");
    assertThat(broker.types())
        .containsExactly("accepted", "submitted", "accepted", "submitted", "accepted", "submitted");
    assertThat(broker.events.stream().map(Event::id).distinct()).hasSize(2);
    assertThat(
            deliveries
                .registry
                .get("flintwheel.submitter.requests")
                .tag("result", "known")
                .timer()
                .count())
        .isEqualTo(2);
  }

  @Test
  void tellsWarningsWithTheAcceptance() {
    run(Requests.sparkPiWith("driver.corez", "1"));

    assertThat(broker.events.get(0).data())
        .isInstanceOfSatisfying(
            JobAccepted.class,
            accepted ->
                assertThat(accepted.warnings())
                    .extracting(Problem::field)
                    .containsExactly("spec.driver.corez"));
  }

  @Test
  void leavesTheOffsetUntilTheBrokerHasTheFacts() {
    broker.setAway(true);
    RequestTask task = task(Requests.sparkPi("pi"));
    Optional<Duration> wait = task.run();
    assertThat(wait).isPresent();
    assertThat(offsets.committable()).isEmpty();
    broker.setAway(false);

    Optional<Duration> again = task.run();

    assertThat(again).isEmpty();
    assertThat(offsets.committable()).hasValue(1);
    assertThat(broker.types()).containsExactly("accepted", "submitted");
    assertThat(cluster.pods).hasSize(1);
  }

  @Test
  void triesAgainUntilKubernetesIsBack() {
    RequestTask task = task(Requests.sparkPi("pi"));
    for (int i = 0; i < 20; i++) {
      cluster.failNext(FakeCluster.unavailable());
      assertThat(task.run()).isPresent();
    }

    Optional<Duration> wait = task.run();

    assertThat(wait).isEmpty();
    assertThat(cluster.pods).hasSize(1);
    assertThat(broker.deadLetters).isEmpty();
  }

  @Test
  void believesAForbiddenOnlyWhenItLasts() {
    RequestTask task = task(Requests.sparkPi("pi"));
    int runs = 0;
    do {
      cluster.failNext(FakeCluster.refusal(403, "Forbidden", "exceeded quota: pods"));
      runs++;
    } while (task.run().isPresent());

    assertThat(runs).isEqualTo(5);
    assertThat(broker.events.get(broker.events.size() - 1).data())
        .isInstanceOfSatisfying(
            JobSubmissionFailed.class,
            failed -> {
              Failure failure = failed.failure();
              assertThat(failure.message()).contains("exceeded quota");
              assertThat(failure.hint()).contains("quota");
            });
    assertThat(offsets.committable()).hasValue(1);
  }

  /** An API server that comes back refuses for a while what it will allow. */
  @Test
  void doesNotCountTheTimeOfAnOutageWhenItIsRefused() {
    RequestTask task = task(Requests.sparkPi("pi"));
    for (int i = 0; i < 10; i++) {
      cluster.failNext(FakeCluster.refusal(403, "Forbidden", "exceeded quota: pods"));
      assertThat(task.run()).isPresent();
      cluster.failNext(FakeCluster.unavailable());
      assertThat(task.run()).isPresent();
    }

    assertThat(task.run()).isEmpty();

    assertThat(broker.types()).containsExactly("accepted", "submitted");
  }

  /** A pod starts when it has its ConfigMap. */
  @Test
  void letsNoDriverStartOfWhichTheServiceIsForbidden() {
    cluster.refuse("create service", FakeCluster.refusal(403, "Forbidden", "exceeded quota"));

    task(Requests.sparkPi("pi")).run();

    assertThat(cluster.configMaps).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"create configmap", "create service"})
  void leavesNothingOfADriverOfWhichAPartIsForbidden(String call) {
    cluster.refuse(call, FakeCluster.refusal(403, "Forbidden", "exceeded quota: " + call));
    RequestTask task = task(Requests.sparkPi("pi"));
    int runs = 1;
    while (task.run().isPresent()) {
      runs++;
    }

    assertThat(runs).isEqualTo(5);
    assertThat(broker.types()).containsExactly("accepted", "submission-failed");
    deliveries.onceAllHaveHeard.forEach(Runnable::run);
    assertThat(cluster.pods).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"create configmap", "create service"})
  void completesADriverOfWhichAPartCouldNotBeMadeAtFirst(String call) {
    cluster.refuse(call, FakeCluster.unavailable());
    RequestTask task = task(Requests.sparkPi("pi"));
    assertThat(task.run()).isPresent();
    assertThat(broker.events).isEmpty();
    cluster.refuseNothing();

    task.run();

    assertThat(cluster.configMaps).containsOnlyKeys("pi-driver-conf-map");
    assertThat(cluster.services).containsOnlyKeys("pi-driver-svc");
    assertThat(cluster.pods).hasSize(1);
    assertThat(broker.types()).containsExactly("accepted", "submitted");
  }

  @Test
  void rejectsWithAllReasonsAndPutsTheRequestAway() {
    run(Requests.sparkPiConfigured("spark.kubernetes.file.upload.path", "/tmp"));

    assertThat(cluster.calls).doesNotContain("create pod", "create configmap", "create service");
    assertThat(broker.types()).containsExactly("rejected");
    assertThat(broker.events.get(0).data())
        .isInstanceOfSatisfying(
            JobRejected.class,
            rejected -> assertThat(rejected.failure().message()).contains("no-submitter-files"));
    assertThat(broker.deadLetters)
        .singleElement()
        .satisfies(letter -> assertThat(letter.reason()).isEqualTo("REJECTED"));
  }

  @ParameterizedTest
  @CsvSource({
    "spark.executor.memory, 0",
    "spark.kubernetes.executor.label.a b, x",
    "spark.executorEnv.1A, x"
  })
  void rejectsWhatADriverWouldFindTooLate(String key, String value) {
    run(Requests.sparkPiConfigured(key, value));

    assertThat(broker.types()).containsExactly("rejected");
    assertThat(broker.deadLetters)
        .singleElement()
        .satisfies(letter -> assertThat(letter.message()).contains("spec.sparkConf[" + key + "]"));
  }

  @Test
  void rejectsWhatSparkCannotBuild() {
    run(Requests.sparkPiConfigured("spark.driver.memoryOverhead", "much"));

    assertThat(broker.types()).containsExactly("rejected");
  }

  @Test
  void answersAnotherSpecificationWithAConflictAndTouchesNothing() {
    run(Requests.sparkPi("spark-pi"));
    var before = cluster.pods.get("spark-pi-driver");

    run(Requests.sparkPiWith("image", "other:2"));

    assertThat(broker.types()).containsExactly("accepted", "submitted", "conflicted");
    assertThat(broker.deadLetters)
        .singleElement()
        .satisfies(letter -> assertThat(letter.reason()).isEqualTo("CONFLICTED"));
    assertThat(cluster.pods.get("spark-pi-driver")).isSameAs(before);
  }

  @Test
  void doesNotRejectAJobThatRunsBecauseOfASecondWrongRequest() {
    run(Requests.sparkPi("spark-pi"));

    run(Requests.sparkPiWith("mode", "client"));

    assertThat(broker.types()).containsExactly("accepted", "submitted", "conflicted");
    assertThat(broker.events.get(2).data()).isInstanceOf(JobConflicted.class);
  }

  @Test
  void doesNotRejectAJobBecauseOfAWrongLaterAttempt() {
    run(Requests.sparkPi("pi"));
    cluster.phase("pi-driver", "Failed");

    run(
        Requests.ofYaml(
            "{jobId: pi, attempt: 2, spec: "
                + Requests.SPEC_IN_ONE_LINE.replace("Scala", "Basic")
                + "}"));

    assertThat(broker.types()).containsExactly("accepted", "submitted", "conflicted");
    assertThat(broker.deadLetters)
        .singleElement()
        .satisfies(letter -> assertThat(letter.message()).contains("known", "spec.type", "Basic"));
  }

  @Test
  void putsAwayWhatIsNoEventAndGoesOn() {
    RequestTask task = deliveries.task("key", "{not json".getBytes(StandardCharsets.UTF_8));

    Optional<Duration> wait = task.run();

    assertThat(wait).isEmpty();
    assertThat(broker.deadLetters)
        .singleElement()
        .satisfies(letter -> assertThat(letter.reason()).isEqualTo("NOT_JSON"));
    assertThat(offsets.committable()).hasValue(1);
  }

  @Test
  void rejectsAWrongEventWhoseJobCanBeTold() {
    String document =
        """
        {"specversion":"1.0","id":"1","source":"x","type":"io.flintwheel.job.requested.v1",
         "data":{"jobId":"told","spec":"no object"}}
        """;
    RequestTask task = deliveries.task(null, document.getBytes(StandardCharsets.UTF_8));

    task.run();

    assertThat(broker.deadLetters)
        .singleElement()
        .satisfies(letter -> assertThat(letter.reason()).isEqualTo("INVALID_DATA"));
    assertThat(broker.events)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.data()).isInstanceOf(JobRejected.class);
              assertThat(event.data().jobId().value()).isEqualTo("told");
            });
  }

  @Test
  void marksADriverBeforeItIsDeletedAndLeavesItsEndToTheStatusService() {
    run(Requests.sparkPi("pi"));
    cluster.calls.clear();

    run(Deliveries.cancel("pi"));

    assertThat(cluster.pods).isEmpty();
    assertThat(cluster.calls).containsExactly("list pods", "annotate pod", "delete pod");
    assertThat(broker.types()).containsExactly("accepted", "submitted");
  }

  @Test
  void tellsTheCancellationOfAJobWithoutADriver() {
    run(Deliveries.cancel("unknown"));
    run(Deliveries.cancel("unknown"));

    assertThat(broker.types()).containsExactly("cancelled", "cancelled");
    assertThat(broker.events.stream().map(Event::id).distinct()).hasSize(1);
  }

  @Test
  void tellsNoCancellationOfAJobThatWasToldAsFailed() {
    cluster.failNext(FakeCluster.refusal(422, "Invalid", "no such image"));
    run(Requests.sparkPi("pi"));

    run(Deliveries.cancel("pi"));

    run(Requests.sparkPi("pi"));
    assertThat(broker.types()).containsExactly("accepted", "submission-failed");
  }

  @Test
  void tellsTheNamespaceThatWasAskedForWithTheCancellation() {
    run(Requests.inNamespace("elsewhere", "not-allowed"));

    run(Deliveries.cancel("elsewhere"));

    assertThat(broker.events.get(broker.events.size() - 1).data())
        .isInstanceOfSatisfying(
            JobCancelled.class,
            cancelled -> assertThat(cancelled.namespace()).isEqualTo("not-allowed"));
  }

  @Test
  void deletesADriverThatCouldStartWithAForeignConfigMapAsSoonAsItIsToldAsFailed() {
    cluster.configMaps.put(
        "pi-driver-conf-map",
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName("pi-driver-conf-map")
            .endMetadata()
            .build());

    run(Requests.sparkPi("pi"));

    assertThat(broker.types()).containsExactly("accepted", "submission-failed");
    assertThat(cluster.pods).isEmpty();
  }

  /** The process that marked it ended before it could say so. */
  @Test
  void tellsThatADriverFailedWhichWasTakenBack() {
    cluster.refuse("create configmap", FakeCluster.unavailable());
    RequestTask task = task(Requests.sparkPi("pi"));
    task.run();
    cluster.refuseNothing();
    cluster.annotate(
        cluster.pods.get("pi-driver"),
        JobLabels.WITHDRAWN,
        "{\"class\":\"SUBMISSION\",\"reason\":\"Forbidden\",\"message\":\"exceeded quota\"}");

    assertThat(task.run()).isEmpty();

    assertThat(broker.types()).containsExactly("accepted", "submission-failed");
    assertThat(broker.events.get(1).data())
        .isInstanceOfSatisfying(
            JobSubmissionFailed.class,
            failed -> assertThat(failed.failure().message()).isEqualTo("exceeded quota"));
    assertThat(cluster.configMaps).isEmpty();
  }

  @Test
  void leavesAJobThatHasEndedAloneWhenItIsCancelled() {
    run(Requests.sparkPi("pi"));
    cluster.phase("pi-driver", "Succeeded");

    run(Deliveries.cancel("pi"));

    assertThat(cluster.pods).containsKey("pi-driver");
    assertThat(cluster.pods.get("pi-driver").getMetadata().getAnnotations())
        .doesNotContainKey(JobLabels.CANCEL_REQUESTED);
  }

  @Test
  void doesNotBringBackACancelledJobWhenItsRequestComesAgain() {
    run(Requests.sparkPi("pi"));
    run(Deliveries.cancel("pi"));

    run(Requests.sparkPi("pi"));

    assertThat(cluster.pods).isEmpty();
    assertThat(broker.types()).containsExactly("accepted", "submitted");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tellsAnotherRequestForACancelledJobAsAConflict(boolean cancelledBeforeItHadADriver) {
    if (cancelledBeforeItHadADriver) {
      run(Deliveries.cancel("pi"));
      run(Requests.sparkPi("pi"));
    } else {
      run(Requests.sparkPi("pi"));
      run(Deliveries.cancel("pi"));
    }
    broker.events.clear();

    run(Requests.withSpec("pi", Requests.SPEC + "arguments: [\"7\"]"));

    assertThat(cluster.pods).isEmpty();
    assertThat(broker.types()).containsExactly("conflicted");
    assertThat(broker.deadLetters)
        .singleElement()
        .satisfies(letter -> assertThat(letter.reason()).isEqualTo("CONFLICTED"))
        .satisfies(letter -> assertThat(letter.message()).startsWith("job pi was cancelled;"));
  }

  @Test
  void leavesACancelledJobAsItIsAfterAnotherRequestForIt() {
    run(Requests.sparkPi("pi"));
    run(Deliveries.cancel("pi"));
    run(Requests.withSpec("pi", Requests.SPEC + "arguments: [\"7\"]"));
    broker.events.clear();

    run(Requests.sparkPi("pi"));

    assertThat(cluster.pods).isEmpty();
    assertThat(broker.types()).isEmpty();
  }

  @Test
  void doesNotCallAJobCancelledThatHadEndedBefore() {
    run(Requests.sparkPi("pi"));
    cluster.phase("pi-driver", "Succeeded");
    run(Deliveries.cancel("pi"));
    broker.events.clear();

    run(Requests.sparkPi("pi"));

    assertThat(broker.types()).containsExactly("accepted", "submitted");
  }

  @Test
  void holdsACancelUntilEverythingBeforeItIsCommitted() {
    RequestTask request = task(Requests.sparkPi("pi"));
    RequestTask cancel = task(Deliveries.cancel("pi"));
    request.run();
    Optional<Duration> held = cancel.run();
    assertThat(held).isPresent();
    assertThat(cluster.pods).hasSize(1);
    offsets.committed(offsets.committable().orElseThrow());

    Optional<Duration> released = cancel.run();

    assertThat(released).isEmpty();
    assertThat(cluster.pods).isEmpty();
  }

  @Test
  void makesNothingOnceThePartitionIsSomebodyElses() {
    RequestTask task = task(Requests.sparkPi("pi"));
    offsets.revoke();

    Optional<Duration> wait = task.run();

    assertThat(wait).isEmpty();
    assertThat(cluster.pods).isEmpty();
    assertThat(offsets.unfinishedCount()).isEqualTo(1);
    assertThat(deliveries.metrics.inFlight()).isZero();
  }

  @Test
  void saysNotThatAJobFailedWhenTheSubmitterFailsOnASecondRequestForIt() {
    run(Requests.sparkPi("pi"));
    RequestTask task = task(Requests.sparkPi("pi"));

    do {
      cluster.failNext(new IllegalStateException("a defect"));
    } while (task.run().isPresent());

    assertThat(broker.types()).containsExactly("accepted", "submitted", "conflicted");
    assertThat(cluster.pods).containsOnlyKeys("pi-driver");
  }

  @Test
  void putsAwayARequestOnWhichTheSubmitterFailsAndSaysSo() {
    RequestTask task = task(Requests.sparkPi("pi"));
    int runs = 0;
    do {
      cluster.failNext(new IllegalStateException("a defect"));
      runs++;
    } while (task.run().isPresent());

    assertThat(runs).isEqualTo(5);
    assertThat(broker.deadLetters)
        .singleElement()
        .satisfies(letter -> assertThat(letter.reason()).isEqualTo("INTERNAL_ERROR"));
    assertThat(broker.events.get(broker.events.size() - 1).data())
        .isInstanceOf(JobSubmissionFailed.class);
  }

  @Test
  void tellsFactsUnderTheSameIdWhicheverReplicaTellsThem() {
    Announcements one = new Announcements(deliveries.config, Clock.systemUTC());
    Announcements other =
        new Announcements(deliveries.config, Clock.offset(Clock.systemUTC(), Duration.ofDays(1)));
    var request = Requests.sparkPi("pi");

    Event<JobFact> told = one.accepted(request.data(), List.of());

    assertThat(other.accepted(request.data(), List.of()).id()).isEqualTo(told.id());
  }

  private void run(Event<? extends JobMessage> event) {
    deliveries.run(event);
  }

  private RequestTask task(Event<? extends JobMessage> event) {
    return deliveries.task(event);
  }
}
