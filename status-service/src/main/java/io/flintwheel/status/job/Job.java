package io.flintwheel.status.job;

import io.flintwheel.events.Event;
import io.flintwheel.events.job.ExecutorChanged;
import io.flintwheel.events.job.JobCancelRequested;
import io.flintwheel.events.job.JobCancelled;
import io.flintwheel.events.job.JobConflicted;
import io.flintwheel.events.job.JobFact;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobLifecycle;
import io.flintwheel.events.job.JobMessage;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.JobState;
import io.flintwheel.events.schedule.TickRef;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the messages about a job say, all together; {@link #tell} is the only way it changes, and
 * for facts the order does not matter.
 *
 * @param namespace where its drivers are; until one is seen, where they were first asked for
 * @param lifecycle where the job is
 * @param labels of the first request; empty until a request is seen
 * @param tick the tick that asked for it
 * @param cancellation the first request to stop it
 * @param attempts by number; never empty
 */
public record Job(
    JobId jobId,
    String namespace,
    JobLifecycle lifecycle,
    Map<String, String> labels,
    @Nullable TickRef tick,
    @Nullable Cancellation cancellation,
    SortedMap<Integer, Attempt> attempts) {

  public Job {
    labels = Map.copyOf(labels);
    attempts = Collections.unmodifiableSortedMap(new TreeMap<>(attempts));
  }

  /**
   * Whether somebody asked for an attempt to be cancelled. Once an attempt has ended by that, the
   * request is spent: who asks for another attempt of a cancelled job wants it.
   */
  public boolean isCancelRequested(int attempt) {
    return cancellation != null
        && attempts.headMap(attempt).values().stream()
            .noneMatch(earlier -> earlier.state() == JobState.CANCELLED);
  }

  /**
   * A job after a message; empty when nothing is known of it and the message alone does not make
   * one: a conflict or a request to cancel speaks of a job that others tell of.
   */
  public static Optional<Job> tell(@Nullable Job known, Event<JobMessage> event) {
    JobMessage message = event.data();
    if (message instanceof JobRequested request) {
      return Optional.of(requested(known, request, event.time()));
    }
    if (message instanceof JobCancelRequested request) {
      return Optional.ofNullable(known).map(job -> job.cancelRequested(request, event.time()));
    }
    JobFact fact = (JobFact) message;
    if (known == null && fact instanceof JobConflicted) {
      return Optional.empty();
    }
    Job job =
        known == null
            ? new Job(
                fact.jobId(),
                fact.namespace(),
                JobLifecycle.requested(fact.attempt()),
                Map.of(),
                null,
                null,
                new TreeMap<>())
            : known;
    return Optional.of(job.told(fact, event.time()));
  }

  public JobState state() {
    return lifecycle.state();
  }

  /** The attempt that the job's state is about. */
  public Attempt currentAttempt() {
    Attempt current = attempts.get(lifecycle.attempt());
    return current == null ? attempts.get(attempts.lastKey()) : current;
  }

  /**
   * The attempts that there were or will be. One that was only asked for is neither once the job
   * has ended: a request does not reopen it.
   */
  public List<Attempt> toldAttempts() {
    return attempts.values().stream()
        .filter(
            attempt ->
                !state().isTerminal()
                    || attempt.state() != JobState.REQUESTED
                    || attempt.number() == lifecycle.attempt())
        .toList();
  }

  private static Job requested(@Nullable Job known, JobRequested request, Instant time) {
    SortedMap<Integer, Attempt> attempts = new TreeMap<>(known == null ? Map.of() : known.attempts);
    Attempt attempt = attempts.getOrDefault(request.attempt(), Attempt.first(request.attempt()));
    attempts.put(request.attempt(), AttemptFold.requested(attempt, time));
    JobLifecycle requested = JobLifecycle.requested(request.attempt());
    // It moves the job only while requests are all that is known; see JobLifecycle.
    // A later request with the same id describes another job, which the submitter refuses.
    boolean first =
        known == null
            || known.attempts.values().stream().allMatch(a -> a.times().requestedAt() == null);
    return new Job(
        request.jobId(),
        known == null ? request.namespace() : known.namespace,
        known == null || known.lifecycle.precedes(requested) ? requested : known.lifecycle,
        first ? request.labels() : known.labels,
        first ? request.tick() : known.tick,
        known == null ? null : known.cancellation,
        attempts);
  }

  private Job cancelRequested(JobCancelRequested request, Instant time) {
    return new Job(
        jobId,
        namespace,
        lifecycle,
        labels,
        tick,
        Cancellation.first(cancellation, new Cancellation(time, request.reason())),
        attempts);
  }

  private Job told(JobFact fact, Instant time) {
    if (fact instanceof JobConflicted) {
      return this;
    }
    SortedMap<Integer, Attempt> changed = new TreeMap<>(attempts);
    Attempt attempt = changed.getOrDefault(fact.attempt(), Attempt.first(fact.attempt()));
    Attempt after = AttemptFold.tell(attempt, fact, time);
    changed.put(fact.attempt(), after);
    JobLifecycle next = fact instanceof ExecutorChanged ? lifecycle : lifecycle.apply(fact);
    // Who has seen a driver knows where it is; a request that was refused may have named any place.
    boolean seen = attempt.driver() == null && after.driver() != null;
    String place = seen ? fact.namespace() : namespace;
    // Who asked before the job was known was not remembered; the submitter says it again. What is
    // told of a pod has Kubernetes' whole seconds, which may be before the request.
    Cancellation cancelled =
        fact instanceof JobCancelled end && end.driver() == null
            ? Cancellation.first(cancellation, new Cancellation(time, end.reason()))
            : cancellation;
    return new Job(jobId, place, next, labels, tick, cancelled, changed);
  }
}
