package io.flintwheel.submitter.kubernetes;

import io.flintwheel.events.job.Failure;
import io.flintwheel.events.job.PodRef;
import java.time.Instant;

/** How a submission ended. */
public sealed interface Submission {

  /**
   * The driver and all it needs exist, made now or before.
   *
   * @param createdAt when Kubernetes made the pod
   * @param madeNow false for a redelivery
   */
  record Submitted(PodRef driver, Instant createdAt, boolean madeNow) implements Submission {}

  /** The job is known with another specification. */
  record Conflicting(String message) implements Submission {}

  /** Kubernetes will not have it. */
  record Refused(Failure failure) implements Submission {}
}
