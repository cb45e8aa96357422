package io.flintwheel.status.watch;

import static io.flintwheel.status.watch.SparkPods.assigned;
import static io.flintwheel.status.watch.SparkPods.driver;
import static io.flintwheel.status.watch.SparkPods.executor;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.flintwheel.events.Event;
import io.flintwheel.events.job.ExecutorChanged;
import io.flintwheel.events.job.JobFact;
import io.flintwheel.events.job.JobPending;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Pods whose node is lost before it has taken them up. */
class SilentNodeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final World world = new World();
  private final Instant assigned = world.now;
  private final PodReconciler reconciler = replica();

  @Test
  void looksAgainAtAPodWhoseNodeHasYetToTakeItUp() {
    reconciler.seen(reading(silent()));
    world.now = assigned.plusSeconds(5);

    Optional<Duration> again = reconciler.reconcile("d", world);

    assertThat(again).hasValue(PATIENCE.minusSeconds(5).plusMillis(1));
    assertThat(reasons(world.told)).containsExactly(Optional.empty());
  }

  @Test
  void tellsThatTheNodeHasNotBegunThePod() {
    reconciler.seen(reading(silent()));
    reconciler.reconcile("d", world);
    world.now = assigned.plus(PATIENCE);

    Optional<Duration> again = reconciler.reconcile("d", world);

    assertThat(again).isEmpty();
    JobPending last = (JobPending) world.told.get(1).data();
    assertThat(last.reason()).isEqualTo("NotStarted");
    assertThat(last.message()).isEqualTo("it is assigned to node node-1, which has not begun it");
  }

  @Test
  void tellsTheSameEventWhoeverNoticesItAndWhenever() {
    world.now = assigned.plus(PATIENCE);
    reconciler.seen(reading(silent()));
    reconciler.reconcile("d", world);
    PodReconciler other = replica();
    other.seen(reading(silent()));
    world.now = assigned.plusSeconds(300);

    other.reconcile("d", world);

    assertThat(world.told).hasSize(2);
    assertThat(world.told).extracting(Event::id).containsOnly(world.told.get(0).id());
    assertThat(world.told).extracting(Event::time).containsOnly(assigned.plus(PATIENCE));
  }

  @Test
  void tellsItOfAnExecutorToo() {
    reconciler.seen(reading(assigned(executor("Pending"), assigned.toString())));
    world.now = assigned.plus(PATIENCE);

    reconciler.reconcile("e", world);

    assertThat(world.told)
        .extracting(fact -> ((ExecutorChanged) fact.data()).reason())
        .containsExactly("NotStarted");
  }

  @Test
  void takesItBackWhenTheNodeBeginsAfterAll() {
    Instant begun = assigned.plusSeconds(60);
    reconciler.seen(reading(silent()));
    reconciler.reconcile("d", world);
    world.now = assigned.plus(PATIENCE);
    reconciler.reconcile("d", world);
    reconciler.seen(reading(creating("2", begun)));

    Optional<Duration> again = reconciler.reconcile("d", world);

    assertThat(again).isEmpty();
    assertThat(reasons(world.told))
        .containsExactly(Optional.empty(), Optional.of("NotStarted"), Optional.empty());
    assertThat(world.told.get(2).time()).isEqualTo(begun);
    assertThat(world.told).extracting(Event::id).doesNotHaveDuplicates();
  }

  @Test
  void saysNothingOfTheKindOfANodeThatTookThePodUp() {
    reconciler.seen(reading(creating("1", assigned.plusSeconds(1))));
    world.now = assigned.plusSeconds(300);

    Optional<Duration> again = reconciler.reconcile("d", world);

    assertThat(again).isEmpty();
    assertThat(reasons(world.told)).containsExactly(Optional.empty());
  }

  private PodReconciler replica() {
    return new PodReconciler(
        new PodReconciler.Facts(
            new DriverFacts(URI.create("urn:test"), world),
            new ExecutorFacts(URI.create("urn:test"), world)),
        new PodReconciler.Surroundings(world, world, world, world),
        new PodReconciler.Graces(GRACE, GRACE),
        world);
  }

  private Pod silent() {
    return assigned(driver("1", "Pending"), assigned.toString());
  }

  private Pod creating(String version, Instant begun) {
    return new PodBuilder(
            assigned(SparkPods.waiting(version, "ContainerCreating", null), assigned.toString()))
        .editStatus()
        .withStartTime(begun.toString())
        .endStatus()
        .build();
  }

  private static PodReading reading(Pod pod) {
    return PodReading.of(pod).orElseThrow();
  }

  private static List<Optional<String>> reasons(List<Event<JobFact>> told) {
    return told.stream()
        .map(fact -> Optional.ofNullable(((JobPending) fact.data()).reason()))
        .toList();
  }
}
