package io.flintwheel.status.watch;

import static io.flintwheel.status.watch.SparkPods.driver;
import static io.flintwheel.status.watch.SparkPods.executor;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.flintwheel.events.job.ExecutorChanged;
import io.flintwheel.events.job.ExecutorState;
import io.flintwheel.events.job.FailureClass;
import io.flintwheel.events.job.JobCancelled;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobLabels;
import io.flintwheel.events.job.JobLost;
import io.flintwheel.events.job.JobPending;
import io.flintwheel.events.job.JobRunning;
import io.flintwheel.events.job.JobSucceeded;
import io.flintwheel.events.job.PodRef;
import io.flintwheel.status.projection.OpenPod;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is told of pods that are gone. */
class PodsGoneTest {

  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration STOPPED_GRACE = Duration.ofMinutes(1);

  private final World world = new World();
  private final PodReconciler reconciler =
      new PodReconciler(
          new PodReconciler.Facts(
              new DriverFacts(URI.create("urn:test"), world),
              new ExecutorFacts(URI.create("urn:test"), world)),
          new PodReconciler.Surroundings(world, world, world, world),
          new PodReconciler.Graces(GRACE, STOPPED_GRACE),
          world);

  @Test
  void waitsBeforeItTellsOfALoss() {
    Pod running = driver("1", "Running");
    seen(running);
    look("d");

    reconciler.gone(reading(running));
    Optional<Duration> again = look("d");

    assertThat(again).hasValueSatisfying(delay -> assertThat(delay).isGreaterThanOrEqualTo(GRACE));
    assertThat(world.types()).containsExactly(JobRunning.TYPE);
  }

  @Test
  void tellsOfALossWhenTheGraceIsOverAndTheApiServerKnowsNoSuchPod() {
    vanishes(driver("1", "Running"));

    look("d");

    assertThat(world.types()).containsExactly(JobRunning.TYPE, JobLost.TYPE);
    assertThat(((JobLost) world.told.get(1).data()).failure().failureClass())
        .isEqualTo(FailureClass.UNKNOWN);
    assertThat(reconciler.isTracked("d")).isFalse();
  }

  @Test
  void leavesTheEndOfADriverThatIsTakenBackToTheSubmitter() {
    Pod pending = driver("1", "Pending");
    seen(pending);
    look("d");
    Pod withdrawn =
        new PodBuilder(driver("2", "Pending"))
            .editMetadata()
            .addToAnnotations(JobLabels.WITHDRAWN, "it could not be submitted whole")
            .endMetadata()
            .build();

    vanishes(withdrawn);
    look("d");

    assertThat(world.types()).containsExactly(JobPending.TYPE);
    assertThat(reconciler.isTracked("d")).isFalse();
  }

  @Test
  void tellsOfNoLossWhenTheApiServerStillHasThePod() {
    Pod running = driver("1", "Running");
    vanishes(running);
    world.live.put("pi-driver", running);

    look("d");

    assertThat(world.types()).containsExactly(JobRunning.TYPE);
    assertThat(reconciler.present()).hasSize(1);
  }

  @Test
  void tellsOfALossWhenALaterPodHasTakenTheName() {
    vanishes(driver("1", "Running"));
    takesTheName("pi");

    look("d");

    assertThat(world.types()).contains(JobLost.TYPE);
  }

  /** Such as the submitter, of one that it took back. */
  @Test
  void tellsOfNoLossWhenTheAttemptsEndWasToldByOthers() {
    vanishes(driver("1", "Pending"));
    world.ended.add(new JobId("pi"));

    look("d");

    assertThat(world.types()).containsExactly(JobPending.TYPE);
    assertThat(reconciler.isTracked("d")).isFalse();
  }

  @Test
  void tellsOfNoLossWhenADriverThatHadNotStartedWasMadeAnew() {
    vanishes(driver("1", "Pending"));
    takesTheName("pi");

    look("d");

    assertThat(world.types()).containsExactly(JobPending.TYPE);
    assertThat(reconciler.isTracked("d")).isFalse();
  }

  @Test
  void tellsOfALossWhenAnotherJobHasTakenTheNameOfADriverThatHadNotStarted() {
    vanishes(driver("1", "Pending"));
    takesTheName("other");

    look("d");

    assertThat(world.types()).containsExactly(JobPending.TYPE, JobLost.TYPE);
  }

  @Test
  void decidesNothingWhileTheApiServerIsAway() {
    vanishes(driver("1", "Running"));
    world.apiServerIsAway = true;

    Optional<Duration> again = look("d");

    assertThat(again).isPresent();
    assertThat(world.types()).containsExactly(JobRunning.TYPE);
  }

  @Test
  void tellsOfACancellationAtOnceWhenThePodSaysSo() {
    Pod running = driver("1", "Running");
    Pod cancelled =
        new PodBuilder(running)
            .editMetadata()
            .addToAnnotations(JobLabels.CANCEL_REQUESTED, "asked by ann")
            .endMetadata()
            .build();
    seen(cancelled);
    reconciler.gone(reading(cancelled));

    look("d");

    assertThat(world.types()).containsExactly(JobRunning.TYPE, JobCancelled.TYPE);
    assertThat(((JobCancelled) world.told.get(1).data()).reason()).isEqualTo("asked by ann");
  }

  @Test
  void tellsOfACancellationThatOnlyTheRequestTellsOf() {
    vanishes(driver("1", "Running"));
    world.cancelRequests.add(new JobId("pi"));

    look("d");

    assertThat(world.types()).containsExactly(JobRunning.TYPE, JobCancelled.TYPE);
  }

  @Test
  void tellsNothingWhenAPodIsDeletedThatHadEnded() {
    vanishes(driver("1", "Succeeded"));

    look("d");

    assertThat(world.types()).containsExactly(JobRunning.TYPE, JobSucceeded.TYPE);
    assertThat(reconciler.isTracked("d")).isFalse();
  }

  @Test
  void takesTheEndFromTheLastStateOfADeletedPod() {
    seen(driver("1", "Running"));

    reconciler.gone(reading(driver("2", "Succeeded")));
    look("d");

    assertThat(world.types()).containsExactly(JobRunning.TYPE, JobSucceeded.TYPE);
  }

  @Test
  void letsExecutorsEndInOrderWhenTheirDriverHasEnded() {
    seen(driver("1", "Succeeded"));
    look("d");
    Pod executor = executor("Running");
    seen(executor);
    reconciler.gone(reading(executor));

    look("e");

    assertThat(lastExecutor().state()).isEqualTo(ExecutorState.SUCCEEDED);
  }

  @Test
  void losesAnExecutorThatIsTakenFromARunningDriver() {
    seen(driver("1", "Running"));
    vanishes(executor("Running"));

    look("e");

    assertThat(lastExecutor().state()).isEqualTo(ExecutorState.LOST);
  }

  @Test
  void waitsForTheEndOfADriverThatHasStoppedItsExecutor() {
    seen(driver("1", "Running"));
    vanishes(toldToStop(executor("Running")));
    look("e");
    assertThat(lastExecutor().state()).isEqualTo(ExecutorState.RUNNING);
    seen(driver("2", "Succeeded"));
    look("d");

    look("e");

    assertThat(lastExecutor().state()).isEqualTo(ExecutorState.SUCCEEDED);
  }

  @Test
  void losesAnExecutorThatWasStoppedLongBeforeItsDriverEnds() {
    seen(driver("1", "Running"));
    vanishes(toldToStop(executor("Running")));
    world.now = world.now.plus(STOPPED_GRACE);

    look("e");

    assertThat(lastExecutor().state()).isEqualTo(ExecutorState.LOST);
  }

  @Test
  void tellsOnlyOfTheLossOfADriverThatOnlyTheDatabaseKnows() {
    vanishes(onlyStored());

    look("d");

    assertThat(world.types()).containsExactly(JobLost.TYPE);
  }

  @Test
  void remembersAGoneDriverUntilAllOfItIsTold() {
    world.refused.add(JobRunning.TYPE);
    vanishes(driver("1", "Succeeded"));
    look("d");

    world.refused.clear();
    look("d");

    assertThat(world.types()).containsExactly(JobSucceeded.TYPE, JobRunning.TYPE);
    assertThat(reconciler.isTracked("d")).isFalse();
  }

  private static Pod toldToStop(Pod pod) {
    return new PodBuilder(pod)
        .editMetadata()
        .withDeletionTimestamp("2026-01-01T12:00:30Z")
        .withDeletionGracePeriodSeconds(30L)
        .endMetadata()
        .build();
  }

  private static Pod onlyStored() {
    return OpenPods.reading(
            new OpenPod(new JobId("pi"), "default", 1, null, PodRef.of("pi-driver", "d")))
        .pod();
  }

  private ExecutorChanged lastExecutor() {
    return (ExecutorChanged) world.told.get(world.told.size() - 1).data();
  }

  private void takesTheName(String jobId) {
    world.live.put(
        "pi-driver",
        new PodBuilder(driver("9", "Pending"))
            .editMetadata()
            .withUid("another")
            .addToLabels(JobLabels.JOB_ID, jobId)
            .endMetadata()
            .build());
  }

  private void vanishes(Pod pod) {
    seen(pod);
    reconciler.gone(reading(pod));
    world.now = world.now.plus(GRACE).plusSeconds(1);
  }

  private void seen(Pod pod) {
    reconciler.seen(reading(pod));
  }

  private Optional<Duration> look(String uid) {
    return reconciler.reconcile(uid, world);
  }

  private static PodReading reading(Pod pod) {
    return PodReading.of(pod).orElseThrow();
  }
}
