package io.flintwheel.events.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the order and however often facts come, what they tell is the same. */
class JobLifecycleOrderTest {

  private static final RetryPolicy TWICE_MORE =
      (attempt, failureClass) ->
          attempt < 3 && failureClass != FailureClass.POLICY
              ? FailureVerdict.RETRIED
              : FailureVerdict.ENDS_JOB;

  @Property
  void endsTheSameInAnyOrderAndWithDuplicates(
      @ForAll("facts") List<JobFact> facts, @ForAll long seed) {
    List<JobFact> shuffled = new ArrayList<>(facts);
    facts.stream().filter(fact -> (fact.hashCode() & 1) == 0).forEach(shuffled::add);
    Collections.shuffle(shuffled, new Random(seed));

    JobLifecycle result = fold(shuffled);

    assertThat(result).isEqualTo(fold(facts));
  }

  @Property
  void neverMovesBack(@ForAll("facts") List<JobFact> facts) {
    JobLifecycle current = JobLifecycle.requested(1);
    for (JobFact fact : facts) {
      JobLifecycle next = current.apply(fact, TWICE_MORE);

      assertThat(next.precedes(current)).isFalse();
      current = next;
    }
  }

  @Property
  void staysEndedUnlessADriverAStrongerEndOrALaterAttemptIsTold(
      @ForAll("facts") List<JobFact> facts, @ForAll("facts") List<JobFact> later) {
    JobLifecycle ended = fold(facts);
    JobLifecycle after = ended;
    for (JobFact fact : later) {
      after = after.apply(fact, TWICE_MORE);
    }

    assertThat(
            !ended.state().isTerminal()
                || ended.state() == JobState.REJECTED
                || after.attempt() > ended.attempt()
                || after.state().isTerminal()
                || after.state() == JobState.RETRYING)
        .isTrue();
  }

  private static JobLifecycle fold(List<JobFact> facts) {
    JobLifecycle result = JobLifecycle.requested(1);
    for (JobFact fact : facts) {
      result = result.apply(fact, TWICE_MORE);
    }
    return result;
  }

  @Provide
  Arbitrary<List<JobFact>> facts() {
    Arbitrary<Integer> attempts = Arbitraries.integers().between(1, 3);
    Arbitrary<Class<?>> kinds = Arbitraries.of(JobFact.class.getPermittedSubclasses());
    return net.jqwik.api.Combinators.combine(kinds, attempts)
        .as(JobFacts::anyOf)
        .list()
        .ofMaxSize(20);
  }
}
