package io.flintwheel.events.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JobLifecycleTest {

  private static final RetryPolicy ONCE_MORE =
      (attempt, failureClass) ->
          attempt < 2 && failureClass == FailureClass.APPLICATION
              ? FailureVerdict.RETRIED
              : FailureVerdict.ENDS_JOB;

  @Test
  void goesThroughItsStatesInOrder() {
    List<JobState> states = new ArrayList<>();
    JobLifecycle job = JobLifecycle.requested(1);

    for (JobFact fact : JobFacts.happyPath(1)) {
      job = job.apply(fact);
      states.add(job.state());
    }

    assertThat(states)
        .containsExactly(
            JobState.ACCEPTED,
            JobState.SUBMITTED,
            JobState.PENDING,
            JobState.RUNNING,
            JobState.SUCCEEDED);
  }

  @Test
  void neverGoesBackWhenAFactComesLate() {
    JobLifecycle running = JobLifecycle.of(JobState.RUNNING, 1);

    JobLifecycle after = running.apply(JobFacts.pending(1)).apply(JobFacts.accepted(1));

    assertThat(after).isEqualTo(running);
  }

  @ParameterizedTest
  @CsvSource({
    "SUCCEEDED, FAILED",
    "FAILED, TIMED_OUT",
    "TIMED_OUT, CANCELLED",
    "CANCELLED, LOST",
    "LOST, REJECTED",
    "SUCCEEDED, REJECTED"
  })
  void keepsTheStrongerOfTwoEnds(JobState stronger, JobState weaker) {
    JobLifecycle start = JobLifecycle.requested(1);
    JobFact strongerFact = JobFacts.telling(stronger, 1);
    JobFact weakerFact = JobFacts.telling(weaker, 1);

    List<JobLifecycle> bothOrders =
        List.of(
            start.apply(strongerFact).apply(weakerFact),
            start.apply(weakerFact).apply(strongerFact));

    assertThat(bothOrders).containsOnly(new JobLifecycle.Ended(stronger, 1));
  }

  @ParameterizedTest
  @EnumSource(names = {"SUBMITTED", "PENDING", "RUNNING"})
  void isNotRejectedWhenThereIsADriver(JobState state) {
    JobFact rejected = JobFacts.telling(JobState.REJECTED, 1);
    JobFact driver = JobFacts.telling(state, 1);
    JobLifecycle start = JobLifecycle.requested(1);

    List<JobLifecycle> bothOrders =
        List.of(start.apply(rejected).apply(driver), start.apply(driver).apply(rejected));

    assertThat(bothOrders).containsOnly(new JobLifecycle.UnderWay(state, 1));
  }

  @Test
  void isWhereFactsTellHoweverManyAttemptsWereAskedFor() {
    JobLifecycle askedForTwice = JobLifecycle.requested(2);

    JobLifecycle after = askedForTwice.apply(JobFacts.telling(JobState.SUCCEEDED, 1));

    assertThat(after).isEqualTo(new JobLifecycle.Ended(JobState.SUCCEEDED, 1));
  }

  @ParameterizedTest
  @EnumSource(
      value = JobState.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"UNKNOWN", "REQUESTED"})
  void isNotMovedByARequest(JobState state) {
    JobLifecycle known = JobLifecycle.of(state, 1);

    boolean moved = known.precedes(JobLifecycle.requested(2));

    assertThat(moved).isFalse();
  }

  @Test
  void isFailedWhenTheDriverPodCouldNotBeMade() {
    JobLifecycle job = JobLifecycle.of(JobState.ACCEPTED, 1);

    JobLifecycle after = job.apply(JobFacts.submissionFailed(1));

    assertThat(after).isEqualTo(new JobLifecycle.Ended(JobState.FAILED, 1));
  }

  @Test
  void isNotChangedByAConflictOrAnExecutor() {
    JobLifecycle job = JobLifecycle.of(JobState.ACCEPTED, 1);

    JobLifecycle after = job.apply(JobFacts.conflicted(1)).apply(JobFacts.executor(1, "1"));

    assertThat(after).isSameAs(job);
  }

  @Test
  void isRetryingWhenThePolicyGrantsAnotherAttempt() {
    JobLifecycle job = JobLifecycle.of(JobState.RUNNING, 1);

    JobLifecycle after = job.apply(JobFacts.failed(1, FailureClass.APPLICATION), ONCE_MORE);

    assertThat(after).isEqualTo(new JobLifecycle.UnderWay(JobState.RETRYING, 1));
  }

  @Test
  void isFailedWhenThePolicyGrantsNoFurtherAttempt() {
    JobLifecycle job = JobLifecycle.of(JobState.RUNNING, 2);

    JobLifecycle after = job.apply(JobFacts.failed(2, FailureClass.APPLICATION), ONCE_MORE);

    assertThat(after).isEqualTo(new JobLifecycle.Ended(JobState.FAILED, 2));
  }

  @Test
  void goesOnWithTheNextAttempt() {
    JobLifecycle job = JobLifecycle.of(JobState.RETRYING, 1);

    JobLifecycle after = job.apply(JobFacts.accepted(2), ONCE_MORE);

    assertThat(after).isEqualTo(new JobLifecycle.UnderWay(JobState.ACCEPTED, 2));
  }

  @Test
  void knowsWhatEveryKindOfFactTells() {
    List<Class<?>> withoutState =
        Arrays.stream(JobFact.class.getPermittedSubclasses())
            .filter(type -> JobFactStates.stateOf(JobFacts.anyOf(type)).isEmpty())
            .toList();

    assertThat(withoutState).containsExactlyInAnyOrder(JobConflicted.class, ExecutorChanged.class);
  }

  @ParameterizedTest
  @EnumSource(value = JobState.class, mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
  void isRestoredFromWhatIsStored(JobState state) {
    JobLifecycle restored = JobLifecycle.of(state, 3);

    assertThat(restored).extracting(JobLifecycle::state, JobLifecycle::attempt).contains(state, 3);
  }

  @Test
  void cannotBeRestoredFromAnUnknownState() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JobLifecycle.of(JobState.UNKNOWN, 1))
        .withMessageContaining("UNKNOWN");
  }

  @ParameterizedTest
  @CsvSource({
    "REQUESTED, , STARTING",
    "ACCEPTED, , STARTING",
    "SUBMITTED, SUBMITTED, STARTING",
    "PENDING, SUBMITTED, STARTING",
    "RUNNING, RUNNING, RUNNING",
    "RETRYING, PENDING_RERUN, STARTING",
    "SUCCEEDED, COMPLETED, SUCCESS",
    "FAILED, FAILED, DEAD",
    "CANCELLED, FAILED, KILLED",
    "TIMED_OUT, FAILED, DEAD",
    "LOST, FAILED, DEAD",
    "REJECTED, FAILED, DEAD",
    "UNKNOWN, , STARTING",
  })
  void isToldInTheWordsOfKubeflowAndLivy(JobState state, KubeflowState kubeflow, LivyState livy) {
    assertThat(KubeflowState.of(state)).isEqualTo(Optional.ofNullable(kubeflow));
    assertThat(LivyState.of(state)).isEqualTo(livy);
  }
}
