package io.flintwheel.submitter.intake;

import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobRequested;
import io.flintwheel.submitter.kubernetes.Specification;
import io.flintwheel.submitter.kubernetes.Submission;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What this process was asked for lately, and what it did: so that a request that comes again does
 * not bring back a job that was cancelled or has run, and a cancel of a job without a driver can
 * tell its namespace. It forgets when the process ends; {@link JobMemory} does not, and hears of it
 * a moment later.
 */
@ApplicationScoped
class RecentJobs {

  private static final int REMEMBERED = 10_000;

  private final Map<JobId, Stopped> stopped = new Recent<>();
  private final Map<JobId, Specification> asked = new Recent<>();
  private final Map<JobId, Decided> decided = new Recent<>();

  /** A request of a job was delivered. */
  synchronized void requested(JobRequested request) {
    asked.put(request.jobId(), Specification.of(request));
  }

  /**
   * A job was cancelled.
   *
   * @param of what of, if there was a driver to tell it; else it is what was asked for before, or
   *     else the first that will be
   */
  synchronized void cancelled(JobId jobId, int lastAttempt, Optional<Specification> of) {
    Stopped now = new Stopped(lastAttempt, of.or(() -> Optional.ofNullable(asked.get(jobId))));
    stopped.merge(jobId, now, Stopped::and);
  }

  /** What a cancel before it has made of a request. */
  synchronized Standing standing(JobRequested request) {
    Stopped cancelled = stopped.get(request.jobId());
    if (cancelled == null) {
      return Standing.OPEN;
    }
    // What is asked for after a cancel of nothing known is what it was of.
    stopped.put(request.jobId(), cancelled.orOf(Specification.of(request)));
    return Standing.afterCancel(request, cancelled.of(), cancelled.lastAttempt());
  }

  /** Whether a job was cancelled, whatever it is. */
  synchronized boolean isCancelled(JobId jobId) {
    return stopped.containsKey(jobId);
  }

  /** Where the job was asked to run. */
  synchronized Optional<String> namespace(JobId jobId) {
    return Optional.ofNullable(asked.get(jobId)).map(Specification::namespace);
  }

  /** An attempt was taken to Kubernetes; what came of it is to be told. */
  synchronized void decided(JobRequested request, Submission submission) {
    decided.merge(
        request.jobId(),
        new Decided(Specification.of(request), request.attempt(), submission, false),
        (before, now) -> now.attempt() < before.attempt() ? before : now);
  }

  /** What was decided of an attempt is durable in Kafka. */
  synchronized void told(JobRequested request) {
    decided.computeIfPresent(
        request.jobId(),
        (jobId, last) -> last.attempt() == request.attempt() ? last.asTold() : last);
  }

  /**
   * What was decided of a request and may not have been told: it is never decided again, for the
   * broker may have had it, and only its answer was lost.
   */
  synchronized Optional<Submission> untold(JobRequested request) {
    return Optional.ofNullable(decided.get(request.jobId()))
        .filter(last -> !last.told() && last.attempt() == request.attempt())
        .filter(last -> last.of().equals(Specification.of(request)))
        .map(Decided::submission);
  }

  /** What became of a job that this process has taken to Kubernetes. */
  synchronized Optional<Settled> settled(JobId jobId) {
    return Optional.ofNullable(decided.get(jobId)).map(Decided::settled);
  }

  private record Decided(Specification of, int attempt, Submission submission, boolean told) {

    Decided asTold() {
      return new Decided(of, attempt, submission, true);
    }

    Settled settled() {
      return new Settled(
          Optional.of(of),
          attempt,
          submission instanceof Submission.Submitted submitted
              ? Optional.of(submitted)
              : Optional.empty(),
          told);
    }
  }

  private record Stopped(int lastAttempt, Optional<Specification> of) {

    Stopped orOf(Specification first) {
      return new Stopped(lastAttempt, of.or(() -> Optional.of(first)));
    }

    Stopped and(Stopped later) {
      return new Stopped(Math.max(lastAttempt, later.lastAttempt), of.or(later::of));
    }
  }

  static final class Recent<V> extends LinkedHashMap<JobId, V> {

    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<JobId, V> eldest) {
      return size() > REMEMBERED;
    }
  }
}
