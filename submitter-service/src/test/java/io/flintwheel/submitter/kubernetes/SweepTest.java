package io.flintwheel.submitter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobLabels;
import io.flintwheel.submitter.Requests;
import io.flintwheel.submitter.TestConfig;
import io.flintwheel.submitter.review.Reviewers;
import io.flintwheel.submitter.spark.SparkDriverBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SweepTest {

  private final FakeCluster cluster = new FakeCluster();

  /** The last attempt that a cancel holds for. */
  private final Map<JobId, Integer> cancelled = new HashMap<>();

  private final Set<JobId> failed = new HashSet<>();

  @BeforeEach
  void aDriverPodWithoutAnythingElse() throws Exception {
    cluster.create(
        new SparkDriverBuilder().build(Reviewers.admitted(Requests.sparkPi("pi"))).pod());
  }

  @Test
  void completesADriverFromTheRequestThatItCarries() throws Exception {
    var whole = new SparkDriverBuilder().build(Reviewers.admitted(Requests.sparkPi("pi")));

    sweepAt(Duration.ofMinutes(1)).run();

    assertThat(cluster.configMaps.get("pi-driver-conf-map").getData())
        .isEqualTo(whole.configMap().getData());
    assertThat(cluster.services).containsOnlyKeys("pi-driver-svc");
  }

  @Test
  void leavesWorkInProgressAlone() {
    sweepAt(Duration.ofSeconds(9)).run();

    assertThat(cluster.configMaps).isEmpty();
  }

  @Test
  void asksOnceForADriverThatWaitsForSomethingElse() {
    Sweep sweep = sweepAt(Duration.ofMinutes(1));
    sweep.run();
    cluster.calls.clear();

    sweep.run();

    assertThat(cluster.calls).containsExactly("list pods");
  }

  @Test
  void triesAgainWhatWasForbiddenForAWhile() {
    Sweep sweep = sweepAt(Duration.ofMinutes(1));
    cluster.refuse("create configmap", FakeCluster.refusal(403, "Forbidden", "exceeded quota"));
    sweep.run();
    cluster.refuseNothing();

    sweep.run();

    assertThat(cluster.configMaps).hasSize(1);
  }

  @Test
  void takesBackADriverWhoseJobWasToldAsFailed() {
    failed.add(new JobId("pi"));

    sweepAt(Duration.ofMinutes(1)).run();

    assertThat(cluster.pods).isEmpty();
    assertThat(cluster.configMaps).isEmpty();
  }

  @Test
  void stopsADriverThatRunsAlthoughItsJobWasToldAsFailed() {
    cluster.phase("pi-driver", "Running");
    failed.add(new JobId("pi"));

    sweepAt(Duration.ofMinutes(1)).run();

    assertThat(cluster.pods).isEmpty();
  }

  @Test
  void deletesADriverThatWasTakenBackByAProcessThatEndedOnceAllHaveHeardOfIt() {
    cluster.annotate(cluster.pods.get("pi-driver"), JobLabels.WITHDRAWN, "x");
    failed.add(new JobId("pi"));
    Sweep sweep = sweepAt(Duration.ofMinutes(1));
    sweep.run();
    assertThat(cluster.pods).isNotEmpty();

    sweep.run();

    assertThat(cluster.pods).isEmpty();
    assertThat(cluster.configMaps).isEmpty();
  }

  /** Its request comes again, and whoever handles it tells. */
  @Test
  void leavesADriverThatWasTakenBackWhileNobodyHasToldOfIt() {
    cluster.annotate(cluster.pods.get("pi-driver"), JobLabels.WITHDRAWN, "x");
    Sweep sweep = sweepAt(Duration.ofMinutes(1));
    sweep.run();

    sweep.run();

    assertThat(cluster.pods).containsOnlyKeys("pi-driver");
    assertThat(cluster.configMaps).isEmpty();
  }

  @Test
  void leavesARunningDriverAlone() {
    cluster.phase("pi-driver", "Running");

    sweepAt(Duration.ofMinutes(1)).run();

    assertThat(cluster.configMaps).isEmpty();
  }

  @Test
  void leavesAPodWhoseRequestSomebodyChangedAsItIs() {
    cluster.annotate(cluster.pods.get("pi-driver"), JobLabels.REQUEST, "bm90IGd6aXA=");

    sweepAt(Duration.ofMinutes(1)).run();

    assertThat(cluster.configMaps).isEmpty();
    assertThat(cluster.pods).containsKey("pi-driver");
  }

  @Test
  void doesNotTrustARequestOfAnotherJob() {
    Pod disguised =
        new PodBuilder(cluster.pods.get("pi-driver"))
            .editMetadata()
            .withName("other-driver")
            .endMetadata()
            .build();
    cluster.pods.clear();
    cluster.pods.put("other-driver", disguised);

    sweepAt(Duration.ofMinutes(1)).run();

    assertThat(cluster.configMaps).isEmpty();
  }

  /** A request that somebody wrote into the annotation must not make objects elsewhere. */
  @ParameterizedTest
  @CsvSource({
    "flintwheel.io/job-id, another, default",
    "flintwheel.io/attempt, 2, default",
    "x, x, elsewhere"
  })
  void doesNotTrustARequestThatIsNotOfItsPod(String label, String value, String namespace) {
    Pod disguised =
        new PodBuilder(cluster.pods.get("pi-driver"))
            .editMetadata()
            .withNamespace(namespace)
            .addToLabels(label, value)
            .endMetadata()
            .build();
    cluster.pods.put("pi-driver", disguised);

    sweepAt(Duration.ofMinutes(1)).run();

    assertThat(cluster.configMaps).isEmpty();
    assertThat(cluster.services).isEmpty();
  }

  @Test
  void completesTheOthersWhenOnePodIsBad() throws Exception {
    cluster.create(new SparkDriverBuilder().build(Reviewers.admitted(Requests.sparkPi("a"))).pod());
    cluster.annotate(cluster.pods.get("a-driver"), JobLabels.REQUEST, "%%%");

    sweepAt(Duration.ofMinutes(1)).run();

    assertThat(cluster.configMaps).containsOnlyKeys("pi-driver-conf-map");
  }

  @Test
  void completesTheOthersWhenANamespaceMayNotBeSeen() {
    cluster.refuse(
        "list pods in broken", FakeCluster.refusal(403, "Forbidden", "pods is forbidden"));

    sweepAt(Duration.ofMinutes(1), new TestConfig(Set.of("broken", "default"))).run();

    assertThat(cluster.configMaps).containsOnlyKeys("pi-driver-conf-map");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Pending", "Running"})
  void stopsADriverWhoseJobIsCancelled(String phase) {
    cluster.phase("pi-driver", phase);
    cancelled.put(new JobId("pi"), 1);
    cluster.calls.clear();

    sweepAt(Duration.ofMinutes(1)).run();

    assertThat(cluster.calls).containsExactly("list pods", "annotate pod", "delete pod");
    assertThat(cluster.pods).isEmpty();
  }

  /** The cancel of a request that has just been handled may be about to be handled as well. */
  @Test
  void leavesAYoungDriverToItsCancel() {
    cancelled.put(new JobId("pi"), 1);

    sweepAt(Duration.ofSeconds(9)).run();

    assertThat(cluster.pods).containsKey("pi-driver");
  }

  @Test
  void leavesALaterAttemptThanTheCancelledOneAlone() {
    cluster.phase("pi-driver", "Running");
    cluster.pods.get("pi-driver").getMetadata().getLabels().put(JobLabels.ATTEMPT, "2");
    cancelled.put(new JobId("pi"), 1);

    sweepAt(Duration.ofMinutes(1)).run();

    assertThat(cluster.pods).containsKey("pi-driver");
  }

  @Test
  void completesTheOthersWhenACancelledOneMayNotBeStopped() throws Exception {
    cluster.create(new SparkDriverBuilder().build(Reviewers.admitted(Requests.sparkPi("a"))).pod());
    cancelled.put(new JobId("a"), 1);
    cluster.refuse("annotate pod", FakeCluster.refusal(403, "Forbidden", "pods is forbidden"));

    sweepAt(Duration.ofMinutes(1)).run();

    assertThat(cluster.configMaps).containsOnlyKeys("pi-driver-conf-map");
  }

  private Sweep sweepAt(Duration age) {
    return sweepAt(age, TestConfig.standard());
  }

  private Sweep sweepAt(Duration age, TestConfig config) {
    return Clusters.sweepAt(
        age,
        cluster,
        config,
        new CancelledAttempts() {
          @Override
          public Optional<String> reasonToStop(JobId jobId, int attempt) {
            return Optional.of("because").filter(r -> attempt <= cancelled.getOrDefault(jobId, 0));
          }

          @Override
          public boolean couldNotBeMade(JobId jobId, int attempt) {
            return failed.contains(jobId);
          }

          @Override
          public boolean isOver(JobId jobId, int attempt) {
            return failed.contains(jobId);
          }
        });
  }
}
