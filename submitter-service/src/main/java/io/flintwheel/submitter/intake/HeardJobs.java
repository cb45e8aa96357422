package io.flintwheel.submitter.intake;

import io.flintwheel.events.job.JobCancelRequested;
import io.flintwheel.events.job.JobFact;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.events.job.JobSubmissionFailed;
import io.flintwheel.events.job.JobSubmitted;
import io.flintwheel.events.job.PodRef;
import io.flintwheel.submitter.kubernetes.Specification;
import io.flintwheel.submitter.kubernetes.Submission;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was heard of the last jobs from the topics, whose partitions are read in no order: a request
 * may be heard after its cancel.
 */
final class HeardJobs {

  private final Map<JobId, Asked> asked = new RecentJobs.Recent<>();
  private final Map<JobId, Cancelled> cancelled = new RecentJobs.Recent<>();
  private final Map<JobId, Settled> settled = new RecentJobs.Recent<>();

  synchronized void requested(JobRequested request, RecordPlace place) {
    Asked heard =
        new Asked(Specification.of(request), Map.of(place.partition(), request.attempt()));
    Specification first = asked.merge(request.jobId(), heard, Asked::and).of();
    cancelled.computeIfPresent(request.jobId(), (id, cancel) -> cancel.of(first));
  }

  /**
   * A cancel holds for the attempts that were asked for before it. Only of its own partition is it
   * known which these are; of what came by another, for the first.
   */
  synchronized void cancelled(JobCancelRequested cancel, RecordPlace place) {
    Optional<Asked> job = Optional.ofNullable(asked.get(cancel.jobId()));
    cancelled.merge(
        cancel.jobId(),
        new Cancelled(
            Objects.requireNonNullElse(cancel.reason(), ""),
            job.map(known -> known.attempts().getOrDefault(place.partition(), 1)).orElse(1),
            job.map(Asked::of)),
        Cancelled::and);
  }

  synchronized void submitted(JobSubmitted fact, Instant at) {
    settled(
        fact.jobId(),
        new Settled(
            specification(fact.namespace(), fact.specDigest()),
            fact.attempt(),
            Optional.of(made(fact.driver(), at)),
            true));
  }

  synchronized void failed(JobSubmissionFailed fact) {
    settled(
        fact.jobId(),
        new Settled(
            specification(fact.namespace(), fact.specDigest()),
            fact.attempt(),
            Optional.empty(),
            true));
  }

  /**
   * Somebody saw that a driver ran or was lost, whether or not whoever made it could say so. One
   * that only waits may still be taken back.
   */
  synchronized void ran(JobFact fact, PodRef driver, Instant at) {
    settled(
        fact.jobId(),
        new Settled(Optional.empty(), fact.attempt(), Optional.of(made(driver, at)), false));
  }

  /** Throws when the event lacks it: it tells nothing then. */
  private static Submission.Submitted made(PodRef driver, Instant at) {
    var unused = Objects.requireNonNull(driver.uid(), "uid");
    return new Submission.Submitted(driver, at, false);
  }

  private void settled(JobId jobId, Settled heard) {
    settled.merge(Objects.requireNonNull(jobId, "jobId"), heard, Settled::and);
  }

  private static Optional<Specification> specification(String namespace, @Nullable String digest) {
    return Optional.ofNullable(digest).map(known -> new Specification(namespace, known));
  }

  /**
   * The light that cancels throw on a request: also those that follow it on its partition, since
   * whoever has heard of one stops what the request makes.
   */
  synchronized Standing standing(JobRequested request) {
    return Optional.ofNullable(cancelled.get(request.jobId()))
        .map(cancel -> Standing.afterCancel(request, cancel.of(), cancel.lastAttempt()))
        .orElse(Standing.OPEN);
  }

  /** Why an attempt is not to go on; empty when nobody has cancelled it. */
  synchronized Optional<String> cancelReason(JobId jobId, int attempt) {
    return Optional.ofNullable(cancelled.get(jobId))
        .filter(cancel -> attempt <= cancel.lastAttempt())
        .map(Cancelled::reason);
  }

  /** What became of a job, if it was taken to Kubernetes. */
  synchronized Optional<Settled> settled(JobId jobId) {
    Optional<Specification> first = Optional.ofNullable(asked.get(jobId)).map(Asked::of);
    return Optional.ofNullable(settled.get(jobId)).map(known -> known.orOf(first));
  }

  /** What was asked for first, and the last attempt on each partition. */
  private record Asked(Specification of, Map<Integer, Integer> attempts) {

    Asked and(Asked later) {
      Map<Integer, Integer> all = new HashMap<>(attempts);
      later.attempts.forEach((partition, attempt) -> all.merge(partition, attempt, Math::max));
      return new Asked(of, Map.copyOf(all));
    }
  }

  /** The first cancel of a job, and the last attempt that any holds for. */
  private record Cancelled(String reason, int lastAttempt, Optional<Specification> of) {

    Cancelled of(Specification first) {
      return of.isPresent() ? this : new Cancelled(reason, lastAttempt, Optional.of(first));
    }

    Cancelled and(Cancelled later) {
      return new Cancelled(reason, Math.max(lastAttempt, later.lastAttempt), of.or(later::of));
    }
  }
}
