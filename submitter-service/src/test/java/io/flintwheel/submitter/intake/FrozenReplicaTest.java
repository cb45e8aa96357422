package io.flintwheel.submitter.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.Event;
import io.flintwheel.events.EventId;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobSubmitted;
import io.flintwheel.events.job.PodRef;
import io.flintwheel.submitter.Requests;
import io.flintwheel.submitter.spark.SparkDriverBuilder;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A process that was stopped for a while does not know what others have done meanwhile. */
class FrozenReplicaTest {

  private static final int PARTITION = 3;

  private final Deliveries deliveries = new Deliveries(new SparkDriverBuilder());

  @Test
  void beginsNothingUntilTheBrokerHasConfirmedItsMembership() {
    RequestTask task = deliveries.task(Requests.sparkPi("pi"));
    wakesUp();

    Optional<?> wait = task.run();

    assertThat(wait).isPresent();
    assertThat(deliveries.cluster.calls).isEmpty();
  }

  @Test
  void goesOnOnceTheBrokerHasConfirmedItsMembership() {
    RequestTask task = deliveries.task(Requests.sparkPi("pi"));
    wakesUp();
    assertThat(task.run()).isPresent();
    deliveries.membership.confirmed(System.nanoTime());

    Optional<?> wait = task.run();

    assertThat(wait).isEmpty();
    assertThat(deliveries.cluster.pods).containsKey("pi-driver");
  }

  /** Whoever has had the partition meanwhile has done what the cancel asks for. */
  @Test
  void takesBackADriverWhoseJobWasCancelledWhileItWasMade() {
    deliveries.cluster.trouble(
        "default",
        () -> {
          wakesUp();
          deliveries.hears(Deliveries.cancel("pi"), PARTITION, 7);
        });

    deliveries.task(Requests.sparkPi("pi")).run();

    assertThat(deliveries.cluster.pods).isEmpty();
  }

  @Test
  void takesBackADriverWhoseJobHasHadOneMeanwhile() {
    deliveries.cluster.trouble(
        "default",
        () -> {
          wakesUp();
          deliveries.hears(submitted("pi"), PARTITION, 7);
        });

    deliveries.task(Requests.sparkPi("pi")).run();

    assertThat(deliveries.cluster.pods).isEmpty();
  }

  @Test
  void leavesADriverWhoseJobNobodyHasToldAnythingOf() {
    deliveries.cluster.trouble("default", this::wakesUp);

    deliveries.task(Requests.sparkPi("pi")).run();

    assertThat(deliveries.cluster.pods).containsKey("pi-driver");
  }

  private void wakesUp() {
    deliveries.membership.confirmed(System.nanoTime() - Membership.SESSION.toNanos());
  }

  private static Event<JobSubmitted> submitted(String jobId) {
    return new Event<>(
        EventId.of("submitted", jobId),
        URI.create("urn:flintwheel:test:tests"),
        Instant.parse("2026-03-01T10:00:00Z"),
        new JobSubmitted(
            new JobId(jobId),
            "default",
            1,
            PodRef.of(jobId + "-driver", "another-uid"),
            "spark-1",
            Requests.sparkPi(jobId).data().spec().digest()));
  }
}
