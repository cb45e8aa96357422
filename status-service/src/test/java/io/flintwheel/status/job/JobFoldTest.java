package io.flintwheel.status.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.flintwheel.events.Event;
import io.flintwheel.events.EventId;
import io.flintwheel.events.job.ExecutorChanged;
import io.flintwheel.events.job.ExecutorState;
import io.flintwheel.events.job.Failure;
import io.flintwheel.events.job.FailureClass;
import io.flintwheel.events.job.JobAccepted;
import io.flintwheel.events.job.JobCancelRequested;
import io.flintwheel.events.job.JobCancelled;
import io.flintwheel.events.job.JobConflicted;
import io.flintwheel.events.job.JobFailed;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobLifecycle;
import io.flintwheel.events.job.JobLost;
import io.flintwheel.events.job.JobMessage;
import io.flintwheel.events.job.JobPending;
import io.flintwheel.events.job.JobRejected;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.JobRetrying;
import io.flintwheel.events.job.JobRunning;
import io.flintwheel.events.job.JobSpec;
import io.flintwheel.events.job.JobState;
import io.flintwheel.events.job.JobSubmitted;
import io.flintwheel.events.job.JobSucceeded;
import io.flintwheel.events.job.PodRef;
import io.flintwheel.events.job.Problem;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JobFoldTest {

  private static final JobId PI = new JobId("pi");
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final PodRef CREATED = PodRef.of("pi-driver", "d");
  private static final PodRef PLACED = new PodRef("pi-driver", "d", "10.0.0.7", "node-1");

  /** Everything that can be told of a job, each at its own second. */
  private static final List<Event<JobMessage>> MESSAGES =
      messages(
          request(Map.of("team", "a")),
          new JobAccepted(PI, "default", 1, List.of(new Problem("spec.x", "unknown", null))),
          new JobSubmitted(PI, "default", 1, CREATED, "spark-1", null),
          new JobAccepted(PI, "default", 1, List.of(new Problem("spec.y", "unknown", null))),
          new JobRejected(PI, "default", 1, problems("a"), failure("a")),
          new JobRejected(PI, "default", 1, problems("b"), failure("b")),
          new JobSubmitted(PI, "default", 1, CREATED, "spark-2", null),
          new JobPending(PI, "default", 1, CREATED, "Unschedulable", "no node"),
          new JobPending(PI, "default", 1, PLACED, null, null),
          new JobRunning(PI, "default", 1, PLACED, NOON),
          executor("1", ExecutorState.PENDING),
          waiting("1", "Unschedulable"),
          executor("1", ExecutorState.RUNNING),
          waiting("2", "Unschedulable"),
          waiting("2", "ImagePullBackOff"),
          executor("1", ExecutorState.SUCCEEDED),
          executor("2", ExecutorState.RUNNING),
          executor("2", ExecutorState.LOST),
          executor("3", "one word"),
          executor("3", "another"),
          new JobConflicted(PI, "default", 1, "spec differs"),
          new JobFailed(PI, "default", 1, PLACED, NOON, NOON.plusSeconds(60), failure("boom")),
          new JobLost(PI, "default", 1, PLACED, failure("gone")),
          new JobCancelled(PI, "default", 1, PLACED, "asked"),
          new JobSucceeded(PI, "default", 1, PLACED, NOON, NOON.plusSeconds(60)),
          new JobAccepted(PI, "default", 2, List.of()),
          new JobRunning(PI, "default", 2, PodRef.of("pi-r2-driver", "d2"), NOON));

  @Property
  void isTheSameInAnyOrderAndWithDuplicates(
      @ForAll("subsets") List<Event<JobMessage>> told, @ForAll long seed) {
    List<Event<JobMessage>> shuffled = new ArrayList<>(told);
    shuffled.addAll(told.subList(0, told.size() / 2));
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(fold(shuffled)).isEqualTo(fold(told));
  }

  @Provide
  Arbitrary<List<Event<JobMessage>>> subsets() {
    return Arbitraries.of(MESSAGES).list().uniqueElements().ofMaxSize(MESSAGES.size());
  }

  @Property
  void isWhereFactsTellWhateverWasAskedForAndWhen(
      @ForAll("subsets") List<Event<JobMessage>> told,
      @ForAll("requests") List<Event<JobMessage>> requests,
      @ForAll long seed) {
    List<Event<JobMessage>> mixed = new ArrayList<>(told);
    mixed.addAll(requests);
    Collections.shuffle(mixed, new Random(seed));
    Optional<Job> byFacts = fold(told).filter(job -> job.state() != JobState.REQUESTED);

    Optional<Job> byAll = fold(mixed);

    assertThat(byFacts.map(Job::lifecycle).or(() -> byAll.map(Job::lifecycle)))
        .isEqualTo(byAll.map(Job::lifecycle));
  }

  @Property
  void isNotReopenedByRequests(
      @ForAll("subsets") List<Event<JobMessage>> told,
      @ForAll("requests") List<Event<JobMessage>> requests) {
    Optional<Job> ended = fold(told).filter(job -> job.state().isTerminal());
    List<Event<JobMessage>> all = new ArrayList<>(told);
    all.addAll(requests);

    Optional<Job> after = ended.isEmpty() ? ended : fold(all);

    assertThat(after.map(Job::lifecycle)).isEqualTo(ended.map(Job::lifecycle));
    assertThat(after.map(JobFoldTest::attemptStates))
        .isEqualTo(ended.map(JobFoldTest::attemptStates));
  }

  private static List<JobLifecycle> attemptStates(Job job) {
    return job.toldAttempts().stream().map(Attempt::lifecycle).toList();
  }

  /** The request again, with another specification, and for later attempts. */
  @Provide
  Arbitrary<List<Event<JobMessage>>> requests() {
    return Arbitraries.of(
            messages(
                request(Map.of("team", "a")),
                request(Map.of("team", "b"), 1, "2"),
                request(Map.of(), 2, "1"),
                request(Map.of(), 3, "2")))
        .list()
        .ofMaxSize(6);
  }

  @Test
  void holdsACancelAgainstNoAttemptAfterTheOneThatItEnded() {
    Job job = null;
    for (Event<JobMessage> message :
        messages(
            request(Map.of()),
            new JobCancelRequested(PI, "because"),
            new JobCancelled(PI, "default", 1, null, "because"))) {
      job = Job.tell(job, message).orElseThrow();
    }

    assertThat(job.isCancelRequested(1)).isTrue();
    assertThat(job.isCancelRequested(2)).isFalse();
  }

  @Test
  void isToldWithTheAttemptThatFollowsWhileItIsRetried() {
    List<Event<JobMessage>> told =
        messages(
            request(Map.of()),
            new JobRetrying(PI, "default", 1, 2, NOON),
            request(Map.of(), 2, "1"));

    assertThat(fold(told))
        .hasValueSatisfying(
            job -> {
              assertThat(job.state()).isEqualTo(JobState.RETRYING);
              assertThat(job.toldAttempts()).extracting(Attempt::number).containsExactly(1, 2);
            });
  }

  @Test
  void isWhereItsDriverIsAndNotWhereARefusedRequestWantedIt() {
    List<Event<JobMessage>> told =
        messages(
            new JobRejected(PI, "default", 1, problems("spec"), failure("refused")),
            new JobSubmitted(PI, "team-a", 1, CREATED, "spark-1", null));

    assertThat(fold(told).map(Job::namespace)).hasValue("team-a");
    Collections.reverse(told);
    assertThat(fold(told).map(Job::namespace)).hasValue("team-a");
  }

  @Test
  void saysNothingOfARefusalOnceThereIsADriver() {
    List<Event<JobMessage>> told =
        messages(
            request(Map.of()),
            new JobRunning(PI, "default", 1, PLACED, NOON),
            new JobRejected(PI, "default", 1, problems("spec.mainClass"), failure("refused")));

    assertThat(fold(told))
        .hasValueSatisfying(
            job -> {
              assertThat(job.state()).isEqualTo(JobState.RUNNING);
              assertThat(job.currentAttempt().end()).isNull();
              assertThat(job.currentAttempt().problems()).isEmpty();
            });
  }

  @Test
  void isNotMadeByARequestToCancelOrAConflict() {
    List<Event<JobMessage>> told =
        messages(new JobCancelRequested(PI, "no"), new JobConflicted(PI, "default", 1, "differs"));

    assertThat(fold(told)).isEmpty();
  }

  @Test
  void keepsTheLabelsOfItsFirstRequest() {
    List<Event<JobMessage>> told = messages(request(Map.of()), request(Map.of("team", "intruder")));

    assertThat(fold(told)).hasValueSatisfying(job -> assertThat(job.labels()).isEmpty());
  }

  @Test
  void remembersThatItsCancellationWasAskedFor() {
    List<Event<JobMessage>> told =
        messages(request(Map.of()), new JobCancelRequested(PI, "asked by ann"));

    assertThat(fold(told))
        .hasValueSatisfying(
            job -> {
              assertThat(job.state()).isEqualTo(JobState.REQUESTED);
              assertThat(job.cancellation())
                  .extracting(Cancellation::reason)
                  .isEqualTo("asked by ann");
            });
  }

  @Test
  void forgetsWhyItWaitedOnceItRuns() {
    List<Event<JobMessage>> told =
        messages(
            new JobPending(PI, "default", 1, CREATED, "Unschedulable", "no node"),
            new JobRunning(PI, "default", 1, PLACED, NOON));

    assertThat(fold(told))
        .hasValueSatisfying(job -> assertThat(job.currentAttempt().currentlyWaiting()).isEmpty());
  }

  @Test
  void keepsTheReasonOfACancelThatCameBeforeTheJob() {
    List<Event<JobMessage>> told =
        messages(
            new JobCancelRequested(PI, "early"),
            request(Map.of()),
            new JobCancelled(PI, "default", 1, null, "early"));

    assertThat(fold(told))
        .hasValueSatisfying(
            job ->
                assertThat(job.cancellation()).extracting(Cancellation::reason).isEqualTo("early"));
  }

  @Test
  void isNotRejectedAnewByALaterRecord() {
    List<Event<JobMessage>> told =
        messages(
            new JobRejected(PI, "default", 1, problems("a"), failure("a")),
            new JobRejected(PI, "default", 1, problems("b"), failure("b")));

    assertThat(fold(told))
        .hasValueSatisfying(
            job -> {
              assertThat(job.currentAttempt().end().at()).isEqualTo(NOON);
              assertThat(job.currentAttempt().end().failure().message()).isEqualTo("a");
            });
  }

  @Test
  void takesNoCancelOfAPodForTheRequestThatItFollowed() {
    List<Event<JobMessage>> told =
        messages(
            new JobCancelled(PI, "default", 1, PLACED, "cancelled"),
            request(Map.of()),
            new JobCancelRequested(PI, null));

    assertThat(fold(told))
        .hasValueSatisfying(
            job -> assertThat(job.cancellation()).extracting(Cancellation::reason).isNull());
  }

  @Test
  void tellsWhyAnExecutorWaitsUntilItsPodHasAPlace() {
    List<Event<JobMessage>> told =
        messages(
            waiting("1", "Unschedulable"),
            waiting("2", "Unschedulable"),
            executor("2", ExecutorState.PENDING),
            waiting("3", "Unschedulable"),
            executor("3", ExecutorState.RUNNING));

    Optional<Job> job = fold(told);

    assertThat(job.orElseThrow().currentAttempt().executors().values())
        .filteredOn(Executor::isHeldUp)
        .extracting(Executor::id)
        .containsExactly("1");
  }

  private static Optional<Job> fold(List<Event<JobMessage>> told) {
    @Nullable Job job = null;
    for (Event<JobMessage> event : told) {
      job = Job.tell(job, event).orElse(job);
    }
    return Optional.ofNullable(job);
  }

  private static List<Event<JobMessage>> messages(JobMessage... messages) {
    List<Event<JobMessage>> events = new ArrayList<>();
    for (JobMessage message : messages) {
      events.add(
          new Event<>(
              EventId.of(events.size()),
              URI.create("urn:test"),
              NOON.plusSeconds(events.size()),
              message));
    }
    return events;
  }

  private static JobRequested request(Map<String, String> labels) {
    return request(labels, 1, "1");
  }

  private static JobRequested request(Map<String, String> labels, int attempt, String spec) {
    return new JobRequested(
        PI,
        "default",
        labels,
        attempt,
        null,
        null,
        JobSpec.of(JsonNodeFactory.instance.objectNode().put("sparkVersion", spec)));
  }

  private static ExecutorChanged waiting(String id, String reason) {
    return new ExecutorChanged(
        PI,
        "default",
        1,
        id,
        PodRef.of("pi-exec-" + id, "e" + id),
        ExecutorState.PENDING,
        null,
        reason,
        reason + " in words");
  }

  private static ExecutorChanged executor(String id, ExecutorState state) {
    return new ExecutorChanged(
        PI, "default", 1, id, PodRef.of("pi-exec-" + id, "e" + id), state, null);
  }

  private static ExecutorChanged executor(String id, String failure) {
    return new ExecutorChanged(
        PI,
        "default",
        1,
        id,
        PodRef.of("pi-exec-" + id, "e" + id),
        ExecutorState.FAILED,
        failure(failure));
  }

  private static List<Problem> problems(String field) {
    return List.of(new Problem(field, "is wrong", null));
  }

  private static Failure failure(String message) {
    return Failure.of(FailureClass.APPLICATION, "Error", message);
  }
}
