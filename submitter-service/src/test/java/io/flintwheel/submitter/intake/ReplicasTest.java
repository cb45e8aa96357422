package io.flintwheel.submitter.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.flintwheel.events.job.JobLabels;
import io.flintwheel.submitter.intake.Replicas.Trouble;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Replicas that handle the same request at the same time, in any order of their steps: between two
 * calls of one to Kubernetes or Kafka, the others do something. Calls are refused or lost, replicas
 * end and begin anew, and what they hear of each other comes late. Each build plays the same
 * stories; without the seed, and with more tries, it plays others.
 */
class ReplicasTest {

  @Property(tries = 1000, seed = "20261128")
  void makeOneDriverOfAnAttemptAndTellOneEndOfIt(@ForAll long seed, @ForAll Trouble trouble) {
    Replicas replicas = new Replicas(seed, trouble, false);

    replicas.play();

    assertThat(replicas.ran).as("drivers that ran: %s", replicas).hasSizeLessThanOrEqualTo(1);
    if (replicas.told("submission-failed")) {
      assertThat(going(replicas)).as("drivers of a job that failed: %s", replicas).isEmpty();
    } else {
      assertThat(replicas.cluster.pods.keySet())
          .as("drivers of a job that was taken: %s", replicas)
          .hasSize(1);
      assertThat(replicas.cluster.configMaps.keySet()).as("%s", replicas).hasSize(1);
      assertThat(replicas.told("submitted")).isTrue();
    }
  }

  /** One that is made while the cancel is on its way is stopped again. */
  @Property(tries = 1000, seed = "20261128")
  void leaveNoDriverOfACancelledJob(@ForAll long seed, @ForAll Trouble trouble) {
    Replicas replicas = new Replicas(seed, trouble, true);

    replicas.play();

    assertThat(going(replicas)).as("drivers that go on: %s", replicas).isEmpty();
    assertThat(replicas.hasEnd()).as("an end is told or seen: %s", replicas).isTrue();
  }

  private static List<String> going(Replicas replicas) {
    return replicas.cluster.pods.values().stream()
        .filter(pod -> !"Succeeded".equals(pod.getStatus().getPhase()))
        .map(pod -> pod.getMetadata().getName() + (isMarked(pod) ? " marked" : ""))
        .toList();
  }

  private static boolean isMarked(Pod pod) {
    return pod.getMetadata().getAnnotations().containsKey(JobLabels.WITHDRAWN);
  }
}
