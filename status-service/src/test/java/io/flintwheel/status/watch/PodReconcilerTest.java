package io.flintwheel.status.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.flintwheel.events.Event;
import io.flintwheel.events.job.ExecutorChanged;
import io.flintwheel.events.job.ExecutorState;
import io.flintwheel.events.job.FailureClass;
import io.flintwheel.events.job.JobCancelled;
import io.flintwheel.events.job.JobFact;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobLabels;
import io.flintwheel.events.job.JobLost;
import io.flintwheel.events.job.JobPending;
import io.flintwheel.events.job.JobRunning;
import io.flintwheel.events.job.JobSucceeded;
import io.flintwheel.status.logs.DriverContainer;
import io.flintwheel.status.logs.DriverLogs;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class PodReconcilerTest {

  private static final Duration GRACE = Duration.ofSeconds(10);

  private final World world = new World();
  private final PodReconciler reconciler =
      new PodReconciler(
          new PodReconciler.Facts(
              new DriverFacts(URI.create("urn:test"), world),
              new ExecutorFacts(URI.create("urn:test"), world)),
          new PodReconciler.Surroundings(world, world, world.cancelRequests::contains, world),
          GRACE,
          world);

  @Test
  void tellsEachFactOnce() {
    Pod running = world.driver("1", "Running");
    seen(running);

    look("d");
    look("d");

    assertThat(world.types()).containsExactly(JobRunning.TYPE);
  }

  @Test
  void tellsOnlyThePresentStateWhenChangesWereMissed() {
    seen(world.driver("1", "Pending"));
    seen(world.driver("2", "Succeeded"));

    look("d");

    assertThat(world.types()).containsExactly(JobRunning.TYPE, JobSucceeded.TYPE);
  }

  @Test
  void takesNoStepBackWhenAnOlderStateArrivesLate() {
    seen(world.driver("7", "Running"));

    seen(world.driver("3", "Pending"));
    look("d");

    assertThat(world.types()).doesNotContain(JobPending.TYPE);
  }

  @Test
  void tellsAgainWhatKafkaDidNotTake() {
    seen(world.driver("1", "Running"));
    world.kafkaIsAway = true;
    look("d");

    world.kafkaIsAway = false;
    look("d");

    assertThat(world.types()).containsExactly(JobRunning.TYPE);
    assertThat(world.failed).contains("d");
  }

  @Test
  void waitsBeforeItTellsOfALoss() {
    Pod running = world.driver("1", "Running");
    seen(running);
    look("d");

    reconciler.gone(reading(running));
    Optional<Duration> again = look("d");

    assertThat(again).hasValueSatisfying(delay -> assertThat(delay).isGreaterThanOrEqualTo(GRACE));
    assertThat(world.types()).containsExactly(JobRunning.TYPE);
  }

  @Test
  void tellsOfALossWhenTheGraceIsOverAndTheApiServerKnowsNoSuchPod() {
    vanishes(world.driver("1", "Running"));

    look("d");

    assertThat(world.types()).containsExactly(JobRunning.TYPE, JobLost.TYPE);
    assertThat(((JobLost) world.told.get(1).data()).failure().failureClass())
        .isEqualTo(FailureClass.UNKNOWN);
    assertThat(reconciler.isTracked("d")).isFalse();
  }

  @Test
  void tellsOfNoLossWhenTheApiServerStillHasThePod() {
    Pod running = world.driver("1", "Running");
    vanishes(running);
    world.live.put("pi-driver", running);

    look("d");

    assertThat(world.types()).containsExactly(JobRunning.TYPE);
    assertThat(reconciler.present()).hasSize(1);
  }

  @Test
  void tellsOfALossWhenALaterPodHasTakenTheName() {
    vanishes(world.driver("1", "Running"));
    world.live.put(
        "pi-driver",
        new PodBuilder(world.driver("9", "Pending"))
            .editMetadata()
            .withUid("another")
            .endMetadata()
            .build());

    look("d");

    assertThat(world.types()).contains(JobLost.TYPE);
  }

  @Test
  void decidesNothingWhileTheApiServerIsAway() {
    vanishes(world.driver("1", "Running"));
    world.apiServerIsAway = true;

    Optional<Duration> again = look("d");

    assertThat(again).isPresent();
    assertThat(world.types()).containsExactly(JobRunning.TYPE);
  }

  @Test
  void tellsOfACancellationAtOnceWhenThePodSaysSo() {
    Pod running = world.driver("1", "Running");
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
    vanishes(world.driver("1", "Running"));
    world.cancelRequests.add(new JobId("pi"));

    look("d");

    assertThat(world.types()).containsExactly(JobRunning.TYPE, JobCancelled.TYPE);
  }

  @Test
  void tellsNothingWhenAPodIsDeletedThatHadEnded() {
    vanishes(world.driver("1", "Succeeded"));

    look("d");

    assertThat(world.types()).containsExactly(JobRunning.TYPE, JobSucceeded.TYPE);
    assertThat(reconciler.isTracked("d")).isFalse();
  }

  @Test
  void takesTheEndFromTheLastStateOfADeletedPod() {
    seen(world.driver("1", "Running"));

    reconciler.gone(reading(world.driver("2", "Succeeded")));
    look("d");

    assertThat(world.types()).containsExactly(JobRunning.TYPE, JobSucceeded.TYPE);
  }

  @Test
  void letsExecutorsEndInOrderWhenTheirDriverHasEnded() {
    seen(world.driver("1", "Succeeded"));
    look("d");
    Pod executor = world.executor("Running");
    seen(executor);
    reconciler.gone(reading(executor));

    look("e");

    assertThat(lastExecutor().state()).isEqualTo(ExecutorState.SUCCEEDED);
  }

  @Test
  void losesAnExecutorThatIsTakenFromARunningDriver() {
    seen(world.driver("1", "Running"));
    vanishes(world.executor("Running"));

    look("e");

    assertThat(lastExecutor().state()).isEqualTo(ExecutorState.LOST);
  }

  @Test
  void looksAtTheExecutorsWhenTheirDriverEnds() {
    seen(world.executor("Running"));
    seen(world.driver("1", "Succeeded"));

    look("d");

    assertThat(world.queued).contains("e");
  }

  @Test
  void savesTheLogOfADriverThatHasEnded() {
    seen(world.driver("1", "Succeeded"));

    look("d");

    assertThat(world.savedLogs).containsExactly("pi-driver");
  }

  private ExecutorChanged lastExecutor() {
    return (ExecutorChanged) world.told.get(world.told.size() - 1).data();
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

  /** Everything outside, as simple as it can be. */
  private static final class World extends Clock
      implements FactSink, PodSource, DriverLogs, Requeue {

    private final List<Event<JobFact>> told = new ArrayList<>();
    private final Map<String, Pod> live = new HashMap<>();
    private final Set<JobId> cancelRequests = new HashSet<>();
    private final List<String> queued = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private final List<String> savedLogs = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private boolean kafkaIsAway;
    private boolean apiServerIsAway;

    List<String> types() {
      return told.stream().map(fact -> fact.data().type()).toList();
    }

    Pod driver(String version, String phase) {
      return pod("d", "pi-driver", version, phase, Map.of(JobLabels.SPARK_ROLE, "driver"));
    }

    Pod executor(String phase) {
      return pod(
          "e",
          "pi-exec-1",
          "1",
          phase,
          Map.of(JobLabels.SPARK_ROLE, "executor", JobLabels.SPARK_EXECUTOR_ID, "1"));
    }

    private static Pod pod(
        String uid, String name, String version, String phase, Map<String, String> labels) {
      PodBuilder pod =
          new PodBuilder()
              .withNewMetadata()
              .withName(name)
              .withNamespace("default")
              .withUid(uid)
              .withResourceVersion(version)
              .addToLabels(JobLabels.JOB_ID, "pi")
              .addToLabels(labels)
              .endMetadata()
              .withNewSpec()
              .addNewContainer()
              .withName("spark")
              .endContainer()
              .endSpec()
              .withNewStatus()
              .withPhase(phase)
              .endStatus();
      return switch (phase) {
        case "Running" ->
            pod.editStatus()
                .addNewContainerStatus()
                .withName("spark")
                .withNewState()
                .withNewRunning()
                .withStartedAt("2026-01-01T11:59:00Z")
                .endRunning()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
        case "Succeeded" ->
            pod.editStatus()
                .addNewContainerStatus()
                .withName("spark")
                .withNewState()
                .withNewTerminated()
                .withExitCode(0)
                .withStartedAt("2026-01-01T11:59:00Z")
                .withFinishedAt("2026-01-01T11:59:30Z")
                .endTerminated()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
        default -> pod.build();
      };
    }

    @Override
    public CompletionStage<Void> tell(Event<JobFact> fact) {
      if (kafkaIsAway) {
        return CompletableFuture.failedFuture(new IllegalStateException("Kafka is away"));
      }
      told.add(fact);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public Optional<Pod> find(String namespace, String name) {
      if (apiServerIsAway) {
        throw new KubernetesClientException("the API server is away");
      }
      return Optional.ofNullable(live.get(name));
    }

    @Override
    public String tail(DriverContainer driver) {
      return "";
    }

    @Override
    public void running(DriverContainer driver) {}

    @Override
    public void stopping(DriverContainer driver) {}

    @Override
    public void ended(DriverContainer driver) {
      savedLogs.add(driver.pod());
    }

    @Override
    public void gone(DriverContainer driver) {}

    @Override
    public void add(String uid) {
      queued.add(uid);
    }

    @Override
    public void addAfterFailure(String uid) {
      failed.add(uid);
    }

    @Override
    public void succeeded(String uid) {}

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
