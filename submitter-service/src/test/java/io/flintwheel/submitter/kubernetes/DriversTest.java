package io.flintwheel.submitter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.flintwheel.events.Event;
import io.flintwheel.events.job.JobLabels;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.submitter.Requests;
import io.flintwheel.submitter.TestConfig;
import io.flintwheel.submitter.review.Reviewers;
import io.flintwheel.submitter.spark.DriverRequest;
import io.flintwheel.submitter.spark.DriverResources;
import io.flintwheel.submitter.spark.SparkDriverBuilder;
import io.flintwheel.submitter.spark.UnbuildableJobException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriversTest {

  private final FakeCluster cluster = new FakeCluster();
  private final Drivers drivers = Clusters.drivers(cluster);

  @Test
  void makesPodThenWhatItOwns() {
    Submission submission = submit(Requests.sparkPi("pi"));

    assertThat(submission)
        .isInstanceOfSatisfying(
            Submission.Submitted.class,
            submitted -> {
              assertThat(submitted.driver().name()).isEqualTo("pi-driver");
              assertThat(submitted.madeNow()).isTrue();
              assertThat(submitted.createdAt()).isEqualTo(FakeCluster.CREATED);
            });
    assertThat(cluster.calls).containsExactly("create pod", "create service", "create configmap");
    assertThat(cluster.configMaps.get("pi-driver-conf-map").getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(
            owner -> {
              assertThat(owner.getUid())
                  .isEqualTo(cluster.pods.get("pi-driver").getMetadata().getUid());
              assertThat(owner.getBlockOwnerDeletion()).isNull();
            });
  }

  @Test
  void adoptsWhatItMadeBefore() {
    submit(Requests.sparkPi("pi"));

    Submission again = submit(Requests.sparkPi("pi"));

    assertThat(again)
        .isInstanceOfSatisfying(
            Submission.Submitted.class, submitted -> assertThat(submitted.madeNow()).isFalse());
    assertThat(cluster.pods).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void completesAfterACrashAtAnyWrite(int writes) {
    cluster.crashAfterWrites(writes);
    assertThatThrownBy(() -> submit(Requests.sparkPi("pi"))).isInstanceOf(FakeCluster.Crash.class);

    submit(Requests.sparkPi("pi"));

    assertThat(cluster.pods).containsOnlyKeys("pi-driver");
    assertThat(cluster.configMaps).containsOnlyKeys("pi-driver-conf-map");
    assertThat(cluster.services).containsOnlyKeys("pi-driver-svc");
  }

  @Test
  void leavesAConfigMapThatIsThereAsItIs() {
    submit(Requests.sparkPi("pi"));
    var before = cluster.configMaps.get("pi-driver-conf-map");

    submit(Requests.sparkPi("pi"));

    assertThat(cluster.configMaps.get("pi-driver-conf-map")).isSameAs(before);
  }

  @Test
  void tellsAConflictWhenTheSpecificationIsAnother() {
    submit(Requests.sparkPi("spark-pi"));

    Submission other = submit(Requests.sparkPiWith("image", "other:1"));

    assertThat(other).isInstanceOf(Submission.Conflicting.class);
    assertThat(cluster.pods.get("spark-pi-driver").getSpec().getContainers().get(0).getImage())
        .isEqualTo("spark:4.1.1");
  }

  @Test
  void makesALaterAttemptBesideOneThatHasEnded() {
    submit(Requests.sparkPi("pi"));
    cluster.phase("pi-driver", "Failed");

    submit(secondAttempt());

    assertThat(cluster.pods).containsOnlyKeys("pi-driver", "pi-r2-driver");
  }

  @Test
  void leavesAForeignPodOfTheNameAlone() {
    Pod foreign =
        new PodBuilder().withNewMetadata().withName("pi-driver").withUid("x").endMetadata().build();
    cluster.pods.put("pi-driver", foreign);

    Submission submission = submit(Requests.sparkPi("pi"));

    assertThat(submission)
        .isInstanceOfSatisfying(
            Submission.Refused.class,
            refused ->
                assertThat(refused.failure().message()).contains("pi-driver", "not this job's"));
    assertThat(cluster.pods).containsEntry("pi-driver", foreign);
  }

  @Test
  void leavesThePodOfAnotherJobThatHasTheNameAlone() {
    submit(Requests.sparkPi("pi"));
    Pod others =
        new PodBuilder(cluster.pods.get("pi-driver"))
            .editMetadata()
            .addToLabels(JobLabels.JOB_ID, "another")
            .endMetadata()
            .build();
    cluster.pods.put("pi-driver", others);

    Submission submission = submit(Requests.sparkPi("pi"));

    assertThat(submission)
        .isInstanceOfSatisfying(
            Submission.Refused.class,
            refused -> assertThat(refused.failure().reason()).isEqualTo("AlreadyExists"));
    assertThat(cluster.pods).containsEntry("pi-driver", others);
  }

  @Test
  void tellsAConflictWhenTheJobRunsInAnotherNamespace() throws Exception {
    TestConfig two = new TestConfig(Set.of("default", "other"));
    Drivers ofTwo = Clusters.drivers(cluster, two);
    cluster.create(
        new SparkDriverBuilder()
            .build(Reviewers.admitted(Requests.inNamespace("pi", "other"), two))
            .pod());
    DriverRequest here = Reviewers.admitted(Requests.inNamespace("pi", "default"), two);

    var found = ofTwo.findElsewhere(here.identity(), build(here), false);

    assertThat(found)
        .hasValueSatisfying(
            known ->
                assertThat(known)
                    .isInstanceOfSatisfying(
                        Submission.Conflicting.class,
                        conflict -> assertThat(conflict.message()).contains("other/pi-driver")));
  }

  @Test
  void refusesAForeignConfigMapInWords() {
    cluster.configMaps.put(
        "pi-driver-conf-map",
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName("pi-driver-conf-map")
            .endMetadata()
            .build());

    Submission submission = submit(Requests.sparkPi("pi"));

    assertThat(submission)
        .isInstanceOfSatisfying(
            Submission.Refused.class,
            refused ->
                assertThat(refused.failure().message()).contains("ConfigMap pi-driver-conf-map"));
    assertThat(cluster.pods.get("pi-driver")).matches(DriverPods::isWithdrawn);
  }

  /** The pod keeps its name until all have heard that the attempt failed. */
  @Test
  void marksAPodWhoseServiceIsRefusedBeforeItSaysThatItFailed() {
    DriverRequest request = Reviewers.admitted(Requests.sparkPi("pi"));
    DriverResources resources = build(request);
    cluster.refuse("create service", FakeCluster.refusal(422, "Invalid", "spec.ports: Invalid"));

    Submission submission = drivers.submit(request.identity(), resources);

    assertThat(submission).isInstanceOf(Submission.Refused.class);
    assertThat(cluster.pods.get("pi-driver").getMetadata().getAnnotations())
        .hasEntrySatisfying(
            JobLabels.WITHDRAWN, why -> assertThat(why).contains("spec.ports: Invalid"));
    assertThat(cluster.configMaps).isEmpty();
  }

  @Test
  void tellsOfAMarkedPodWhatTheMarkSays() {
    DriverRequest request = Reviewers.admitted(Requests.sparkPi("pi"));
    DriverResources resources = build(request);
    cluster.refuse("create service", FakeCluster.refusal(422, "Invalid", "spec.ports: Invalid"));
    Submission before = drivers.submit(request.identity(), resources);
    cluster.refuseNothing();

    Submission again = drivers.submit(request.identity(), resources);

    assertThat(again).isEqualTo(before);
    assertThat(cluster.configMaps).isEmpty();
  }

  @Test
  void waitsForTheNameOfAMarkedPodOfAnotherJob() {
    submit(Requests.sparkPi("pi"));
    cluster.annotate(cluster.pods.get("pi-driver"), JobLabels.WITHDRAWN, "x");
    cluster.pods.computeIfPresent(
        "pi-driver",
        (name, pod) ->
            new PodBuilder(pod)
                .editMetadata()
                .addToLabels(JobLabels.JOB_ID, "another")
                .endMetadata()
                .build());

    assertThatThrownBy(() -> submit(Requests.sparkPi("pi")))
        .isInstanceOf(ClusterUnavailableException.class)
        .hasMessageContaining("taken back");
  }

  @Test
  void makesALaterAttemptBesideOneThatWasTakenBack() {
    submit(Requests.sparkPi("pi"));
    cluster.annotate(cluster.pods.get("pi-driver"), JobLabels.WITHDRAWN, "x");

    submit(secondAttempt());

    assertThat(cluster.pods).containsOnlyKeys("pi-driver", "pi-r2-driver");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Pending", "Running", "Succeeded"})
  void takesADriverThatIsWholeForSubmittedInsteadOfGivingItUp(String phase) {
    submit(Requests.sparkPi("pi"));
    cluster.phase("pi-driver", phase);

    Submission submission = giveUp();

    assertThat(submission).isInstanceOf(Submission.Submitted.class);
    assertThat(cluster.pods.get("pi-driver")).matches(pod -> !DriverPods.isWithdrawn(pod));
  }

  @Test
  void looksAgainAtADriverThatChangesWhileItIsGivenUp() {
    cluster.crashAfterWrites(1);
    assertThatThrownBy(() -> submit(Requests.sparkPi("pi"))).isInstanceOf(FakeCluster.Crash.class);
    cluster.after("before annotate pod", () -> cluster.phase("pi-driver", "Running"));

    assertThatThrownBy(this::giveUp).isInstanceOf(ClusterUnavailableException.class);

    assertThat(cluster.pods.get("pi-driver")).matches(pod -> !DriverPods.isWithdrawn(pod));
  }

  @Test
  void tellsADriverAsFailedThatIsGivenUpWhileItIsCompleted() {
    cluster.crashAfterWrites(1);
    assertThatThrownBy(() -> submit(Requests.sparkPi("pi"))).isInstanceOf(FakeCluster.Crash.class);
    cluster.after("create service", this::giveUp);

    Submission submission = submit(Requests.sparkPi("pi"));

    assertThat(submission).isInstanceOf(Submission.Refused.class);
    assertThat(cluster.pods.get("pi-driver")).matches(DriverPods::isWithdrawn);
  }

  private Submission giveUp() {
    DriverRequest request = Reviewers.admitted(Requests.sparkPi("pi"));
    return drivers.giveUp(
        request.identity(),
        build(request),
        FakeCluster.refusal(403, "Forbidden", "exceeded quota"));
  }

  @Test
  void tellsAConflictWhenALaterAttemptComesWhileOneGoesOn() {
    submit(Requests.sparkPi("pi"));

    Submission later = submit(secondAttempt());

    assertThat(later).isInstanceOf(Submission.Conflicting.class);
    assertThat(cluster.pods).containsOnlyKeys("pi-driver");
  }

  @Test
  void waitsForTheConfigMapOfAnEarlierPodToGo() {
    submit(Requests.sparkPi("pi"));
    cluster.pods.clear();

    assertThatThrownBy(() -> submit(Requests.sparkPi("pi")))
        .isInstanceOf(ClusterUnavailableException.class)
        .hasMessageContaining("earlier pod");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Succeeded", "Failed"})
  void makesNothingForADriverThatHasEnded(String phase) {
    submit(Requests.sparkPi("pi"));
    cluster.phase("pi-driver", phase);
    cluster.services.clear();

    Submission again = submit(Requests.sparkPi("pi"));

    assertThat(again).isInstanceOf(Submission.Submitted.class);
    assertThat(cluster.services).isEmpty();
  }

  @Test
  void findsTheSameJobUnderAnotherResourceName() {
    submit(Requests.sparkPi("pi"));

    Submission other =
        submit(
            Requests.ofYaml(
                "{jobId: pi, resourceName: renamed, spec: " + Requests.SPEC_IN_ONE_LINE + "}"));

    assertThat(other)
        .isInstanceOfSatisfying(
            Submission.Submitted.class,
            submitted -> assertThat(submitted.driver().name()).isEqualTo("pi-driver"));
    assertThat(cluster.pods).hasSize(1);
  }

  @Test
  void looksBehindARefusalSoThatAUsedUpQuotaDoesNotHideTheDriver() {
    submit(Requests.sparkPi("pi"));
    cluster.failNext(FakeCluster.refusal(403, "Forbidden", "exceeded quota"));

    Submission again = submit(Requests.sparkPi("pi"));

    assertThat(again)
        .isInstanceOfSatisfying(
            Submission.Submitted.class, submitted -> assertThat(submitted.madeNow()).isFalse());
  }

  @Test
  void tellsARefusalOfKubernetesInItsWords() {
    DriverRequest request = Reviewers.admitted(Requests.sparkPi("pi"));
    DriverResources resources = build(request);
    cluster.failNext(FakeCluster.refusal(422, "Invalid", "spec.containers[0].image: Required"));

    Submission submission = drivers.submit(request.identity(), resources);

    assertThat(submission)
        .isInstanceOfSatisfying(
            Submission.Refused.class,
            refused -> {
              assertThat(refused.failure().reason()).isEqualTo("Invalid");
              assertThat(refused.failure().message()).contains("Required");
            });
  }

  @Test
  void tellsAMissingServiceAccountFromAMissingRight() {
    DriverRequest request = Reviewers.admitted(Requests.sparkPi("pi"));

    Submission submission =
        drivers.giveUp(
            request.identity(),
            build(request),
            FakeCluster.refusal(
                403,
                "Forbidden",
                "pods \"pi-driver\" is forbidden: error looking up service account default/nope:"
                    + " serviceaccount \"nope\" not found"));

    assertThat(submission)
        .isInstanceOfSatisfying(
            Submission.Refused.class,
            refused -> assertThat(refused.failure().hint()).startsWith("make the service account"));
  }

  @Test
  void leavesItToTheCallerToBelieveAForbidden() {
    DriverRequest request = Reviewers.admitted(Requests.sparkPi("pi"));
    DriverResources resources = build(request);
    cluster.failNext(FakeCluster.refusal(403, "Forbidden", "exceeded quota"));

    assertThatThrownBy(() -> drivers.submit(request.identity(), resources))
        .isInstanceOf(ClusterRefusalException.class);
  }

  private static Event<JobRequested> secondAttempt() {
    return Requests.ofYaml("{jobId: pi, attempt: 2, spec: " + Requests.SPEC_IN_ONE_LINE + "}");
  }

  private Submission submit(Event<JobRequested> event) {
    DriverRequest request = Reviewers.admitted(event);
    DriverResources resources = build(request);
    return drivers
        .findElsewhere(request.identity(), resources, false)
        .orElseGet(() -> drivers.submit(request.identity(), resources));
  }

  private static DriverResources build(DriverRequest request) {
    try {
      return new SparkDriverBuilder().build(request);
    } catch (UnbuildableJobException e) {
      throw new AssertionError(e);
    }
  }
}
