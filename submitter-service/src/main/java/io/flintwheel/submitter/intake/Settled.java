package io.flintwheel.submitter.intake;

import io.flintwheel.events.job.JobRequested;
import io.flintwheel.submitter.kubernetes.Specification;
import io.flintwheel.submitter.kubernetes.Submission;
import java.util.Optional;

/**
 * What became of the last attempt of a job that was taken to Kubernetes. It is never undone: who
 * follows a job was told, and another try is another attempt. Where it was told both that an
 * attempt failed and that it was submitted, it failed, and no driver of it may go on.
 *
 * @param of what it was made from, as far as it was told
 * @param lastAttempt the highest that had a driver, or that Kubernetes would not have
 * @param made that attempt's first driver pod; empty when it never had one
 * @param told whether the submitter's own fact of it was heard; false when somebody else saw that
 *     the driver ran
 */
record Settled(
    Optional<Specification> of,
    int lastAttempt,
    Optional<Submission.Submitted> made,
    boolean told) {

  Settled and(Settled later) {
    if (later.lastAttempt == lastAttempt) {
      return new Settled(
          of.or(later::of),
          lastAttempt,
          failed() || later.failed() ? Optional.empty() : made.or(later::made),
          told || later.told);
    }
    Settled last = later.lastAttempt > lastAttempt ? later : this;
    return new Settled(of.or(later::of), last.lastAttempt, last.made, last.told);
  }

  /** The same, made from what was asked for if nothing else is known. */
  Settled orOf(Optional<Specification> asked) {
    return of.isPresent() ? this : new Settled(asked, lastAttempt, made, told);
  }

  /** Whether it was told that the attempt could not be submitted. */
  boolean failed() {
    return told && made.isEmpty();
  }

  /** Whether that was told of this attempt. */
  boolean failed(int attempt) {
    return failed() && attempt == lastAttempt;
  }

  /** Whether the submitter's own fact of this attempt was heard. */
  boolean told(int attempt) {
    return told && attempt == lastAttempt;
  }

  Optional<String> uid() {
    return made.map(submitted -> submitted.driver().uid());
  }

  boolean isOther(JobRequested request) {
    return of.filter(known -> !known.equals(Specification.of(request))).isPresent();
  }

  /** Whether there may be a driver pod of the attempt. */
  boolean mayHaveDriver(int attempt) {
    return attempt < lastAttempt || (attempt == lastAttempt && made.isPresent());
  }

  /** The attempt's driver, when the submitter's own fact of it was not heard. */
  Optional<Submission.Submitted> untold(int attempt) {
    return told || attempt != lastAttempt ? Optional.empty() : made;
  }
}
