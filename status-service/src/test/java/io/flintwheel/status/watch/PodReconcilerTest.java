package io.flintwheel.status.watch;

import static io.flintwheel.status.watch.SparkPods.driver;
import static io.flintwheel.status.watch.SparkPods.executor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.flintwheel.events.Event;
import io.flintwheel.events.job.JobPending;
import io.flintwheel.events.job.JobRunning;
import io.flintwheel.events.job.JobSucceeded;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodReconcilerTest {

  private static final Duration GRACE = Duration.ofSeconds(10);

  private final World world = new World();
  private final PodReconciler reconciler =
      new PodReconciler(
          new PodReconciler.Facts(
              new DriverFacts(URI.create("urn:test"), world),
              new ExecutorFacts(URI.create("urn:test"), world)),
          new PodReconciler.Surroundings(world, world, world, world),
          new PodReconciler.Graces(GRACE, GRACE),
          world);

  @Test
  void tellsEachFactOnce() {
    Pod running = driver("1", "Running");
    seen(running);

    look("d");
    look("d");

    assertThat(world.types()).containsExactly(JobRunning.TYPE);
  }

  @Test
  void tellsAReasonAgainThatComesBackAfterAnother() {
    List<String> reasons = List.of("NoRoom", "Unmounted", "NoRoom", "NoRoom");
    for (int i = 0; i < reasons.size(); i++) {
      seen(SparkPods.waiting(Integer.toString(i + 1), reasons.get(i)));
      look("d");
    }

    look("d");

    assertThat(world.told)
        .extracting(fact -> ((JobPending) fact.data()).reason())
        .containsExactly("NoRoom", "Unmounted", "NoRoom");
    assertThat(world.told).extracting(Event::id).doesNotHaveDuplicates();
  }

  @Test
  void tellsOtherWordsOfAContainerAsNews() {
    seen(SparkPods.waiting("1", "CreateContainerConfigError", "secret x not found"));
    look("d");
    seen(SparkPods.waiting("2", "CreateContainerConfigError", "no key y in secret x"));

    look("d");

    assertThat(world.told)
        .extracting(fact -> ((JobPending) fact.data()).message())
        .containsExactly("secret x not found", "no key y in secret x");
  }

  @Test
  void tellsOnlyThePresentStateWhenChangesWereMissed() {
    seen(driver("1", "Pending"));
    seen(driver("2", "Succeeded"));

    look("d");

    assertThat(world.types()).containsExactly(JobRunning.TYPE, JobSucceeded.TYPE);
  }

  @Test
  void takesNoStepBackWhenAnOlderStateArrivesLate() {
    seen(driver("7", "Running"));

    seen(driver("3", "Pending"));
    look("d");

    assertThat(world.types()).doesNotContain(JobPending.TYPE);
  }

  @Test
  void tellsAgainWhatKafkaDidNotTake() {
    seen(driver("1", "Running"));
    world.kafkaIsAway = true;
    look("d");

    world.kafkaIsAway = false;
    look("d");

    assertThat(world.types()).containsExactly(JobRunning.TYPE);
    assertThat(world.failed).contains("d");
  }

  @Test
  void looksAtTheExecutorsWhenTheirDriverEnds() {
    seen(executor("Running"));
    seen(driver("1", "Succeeded"));

    look("d");

    assertThat(world.queued).contains("e");
  }

  @Test
  void savesTheLogOfADriverThatHasEnded() {
    seen(driver("1", "Succeeded"));

    look("d");

    assertThat(world.savedLogs).containsExactly("pi-driver");
  }

  @Test
  void savesTheLogOfADriverBeforeItsEndCanBeTold() {
    seen(driver("1", "Succeeded"));
    world.unwritable.add(JobSucceeded.TYPE);

    assertThatThrownBy(() -> look("d")).isInstanceOf(IllegalStateException.class);

    assertThat(world.savedLogs).containsExactly("pi-driver");
  }

  @Test
  void tellsAgainWhatCouldNotBeSent() {
    seen(driver("1", "Running"));
    world.unwritable.add(JobRunning.TYPE);
    assertThatThrownBy(() -> look("d")).isInstanceOf(IllegalStateException.class);

    world.unwritable.clear();
    look("d");

    assertThat(world.types()).containsExactly(JobRunning.TYPE);
  }

  @Test
  void tellsThatADriverRanAlthoughItsEndWasTakenBefore() {
    seen(driver("1", "Succeeded"));
    world.refused.add(JobRunning.TYPE);
    look("d");

    world.refused.clear();
    look("d");

    assertThat(world.types()).containsExactly(JobSucceeded.TYPE, JobRunning.TYPE);
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
