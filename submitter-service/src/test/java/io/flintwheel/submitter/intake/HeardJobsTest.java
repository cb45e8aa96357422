package io.flintwheel.submitter.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.flintwheel.events.job.Failure;
import io.flintwheel.events.job.FailureClass;
import io.flintwheel.events.job.JobCancelRequested;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.JobSubmissionFailed;
import io.flintwheel.events.job.JobSubmitted;
import io.flintwheel.events.job.PodRef;
import io.flintwheel.submitter.Requests;
import io.flintwheel.submitter.kubernetes.Specification;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Partitions are read in no order. */
class HeardJobsTest {

  private static final JobRequested PI = Requests.sparkPi("pi").data();
  private static final JobRequested OTHER =
      Requests.withSpec("pi", Requests.SPEC + "arguments: [\"7\"]").data();

  private final HeardJobs heard = new HeardJobs();

  @Test
  void takesARequestThatWasNeverCancelledForOpen() {
    heard.requested(PI, place(0, 0));

    Standing standing = heard.standing(PI);

    assertThat(standing).isEqualTo(Standing.OPEN);
  }

  /** Two replicas may have done both at the same moment. */
  @Test
  void takesAnAttemptForFailedThatIsToldAsSubmittedToo() {
    heard.submitted(submitted(2, "uid"), Instant.EPOCH);
    heard.failed(failed());

    heard.submitted(submitted(2, "uid"), Instant.EPOCH);

    assertThat(heard.settled(new JobId("pi"))).get().matches(Settled::failed);
  }

  @Test
  void tellsWhatWasCancelledFromAnotherJobWhenTheCancelIsHeardFirst() {
    heard.cancelled(cancel(), place(1, 0));

    heard.requested(PI, place(0, 0));

    assertThat(heard.standing(PI)).isEqualTo(Standing.CANCELLED);
    assertThat(heard.standing(OTHER)).isEqualTo(Standing.ANOTHER);
  }

  @Test
  void holdsACancelAgainstTheRequestThatItFollowsOnItsPartition() {
    heard.requested(PI, place(0, 0));

    heard.cancelled(cancel(), place(0, 1));

    assertThat(heard.standing(PI)).isEqualTo(Standing.CANCELLED);
    assertThat(heard.cancelReason(new JobId("pi"), 1)).contains("because");
  }

  @Test
  void letsALaterAttemptThanTheCancelledGoOnWhicheverIsHeardFirst() {
    heard.requested(attempt(2), place(2, 0));
    heard.requested(PI, place(0, 0));

    heard.cancelled(cancel(), place(1, 0));

    assertThat(heard.cancelReason(new JobId("pi"), 2)).isEmpty();
  }

  @Test
  void endsAllAttemptsThatWereAskedForBeforeTheCancelOnItsPartition() {
    heard.requested(PI, place(1, 0));
    heard.requested(attempt(2), place(1, 1));

    heard.cancelled(cancel(), place(1, 2));

    assertThat(heard.cancelReason(new JobId("pi"), 2)).contains("because");
    assertThat(heard.cancelReason(new JobId("pi"), 3)).isEmpty();
  }

  @Test
  void remembersTheLastAttemptThatHadADriverAndWhatItWasMadeFrom() {
    heard.submitted(submitted(2, "b"), Instant.EPOCH);

    heard.submitted(submitted(1, "a"), Instant.EPOCH);

    assertThat(heard.settled(new JobId("pi")))
        .hasValueSatisfying(
            job -> {
              assertThat(job.lastAttempt()).isEqualTo(2);
              assertThat(job.uid()).contains("b");
              assertThat(job.of()).contains(Specification.of(PI));
              assertThat(job.isOther(PI)).isFalse();
              assertThat(job.isOther(OTHER)).isTrue();
            });
  }

  @Test
  void remembersAnAttemptThatKubernetesWouldNotHave() {
    heard.submitted(submitted(1, "a"), Instant.EPOCH);

    heard.failed(failed());

    assertThat(heard.settled(new JobId("pi")))
        .hasValueSatisfying(
            job -> {
              assertThat(job.lastAttempt()).isEqualTo(2);
              assertThat(job.mayHaveDriver(1)).isTrue();
              assertThat(job.mayHaveDriver(2)).isFalse();
              assertThat(job.isOther(OTHER)).isTrue();
            });
  }

  private static JobSubmissionFailed failed() {
    return new JobSubmissionFailed(
        new JobId("pi"),
        "default",
        2,
        Failure.of(FailureClass.SUBMISSION, "Forbidden", "quota"),
        PI.spec().digest());
  }

  private static JobSubmitted submitted(int attempt, String uid) {
    return new JobSubmitted(
        new JobId("pi"),
        "default",
        attempt,
        PodRef.of("pi-driver", uid),
        "spark-1",
        PI.spec().digest());
  }

  private static JobRequested attempt(int attempt) {
    return new JobRequested(
        PI.jobId(), PI.namespace(), PI.labels(), attempt, PI.resourceName(), null, PI.spec());
  }

  private static JobCancelRequested cancel() {
    return new JobCancelRequested(new JobId("pi"), "because");
  }

  private static RecordPlace place(int partition, long offset) {
    return new RecordPlace("requests", partition, offset);
  }
}
