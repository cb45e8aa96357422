package io.flintwheel.submitter.intake;

import io.flintwheel.events.job.JobRequested;
import io.flintwheel.submitter.kubernetes.Specification;
import java.util.Optional;

/**
 * What became of the last attempt of a job that was taken to Kubernetes. It is never undone: who
 * follows a job was told, and another try is another attempt.
 *
 * @param of what it was made from, as far as it was told
 * @param lastAttempt the highest that had a driver, or that Kubernetes would not have
 * @param uid of that attempt's first driver pod; empty when it never had one
 */
record Settled(Optional<Specification> of, int lastAttempt, Optional<String> uid) {

  Settled and(Settled later) {
    boolean tellsMore =
        later.lastAttempt > lastAttempt
            || (later.lastAttempt == lastAttempt && uid.isEmpty() && later.uid.isPresent());
    return tellsMore
        ? new Settled(of.or(later::of), later.lastAttempt, later.uid)
        : new Settled(of.or(later::of), lastAttempt, uid);
  }

  boolean isOther(JobRequested request) {
    return of.filter(known -> !known.equals(Specification.of(request))).isPresent();
  }

  /** Whether there may be a driver pod of the attempt. */
  boolean mayHaveDriver(int attempt) {
    return attempt < lastAttempt || (attempt == lastAttempt && uid.isPresent());
  }
}
