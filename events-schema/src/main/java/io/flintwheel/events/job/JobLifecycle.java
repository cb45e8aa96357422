package io.flintwheel.events.job;

import java.util.Comparator;
import java.util.Optional;

/**
 * Where a job is, as far as facts have told.
 *
 * <pre>
 *                       +-> REJECTED
 *                       |
 * REQUESTED -> ACCEPTED-+-> SUBMITTED -> PENDING -> RUNNING -+-> SUCCEEDED
 *     ^                 |                                    +-> FAILED
 *     |                 +-> FAILED  (no pod could be made)   +-> TIMED_OUT
 *     |                                                      +-> CANCELLED  (also before RUNNING)
 *     +------------- RETRYING &lt;------------------------------+-> LOST
 *       attempt n+1      attempt n failed, another follows
 * </pre>
 *
 * <p>A lifecycle only moves forward, in the order of (attempt, rank of the state), and {@link
 * #apply} is total: every fact is either news or changes nothing. So facts may come twice, late, in
 * any order or not at all, and readers of the same facts agree. States may be skipped: a driver
 * that was quicker than its watcher goes from SUBMITTED to SUCCEEDED.
 *
 * <p>A request alone moves nothing: it is where a job begins, and any fact says more, of whichever
 * attempt. So a request that comes again, late or with another specification never reopens what has
 * ended; a later attempt begins with its first fact, and until then a job that is retried is
 * RETRYING.
 *
 * <p>One attempt can be told to have ended in two ways, such as by a cancellation that met a driver
 * which had just ended well. Then SUCCEEDED wins over FAILED over TIMED_OUT over CANCELLED over
 * LOST, whichever came first. REJECTED is the weakest of ends: it says that there never was a
 * driver, and who tells of a driver knows better. That happens when the same job is asked for once
 * rightly and once wrongly.
 *
 * <p>A job that is cancelled between two attempts is cancelled in the attempt that would follow.
 */
public sealed interface JobLifecycle {

  /** It was asked for, and nothing more is known. */
  record Requested(int attempt) implements JobLifecycle {
    public Requested {
      JobFact.requireAttempt(attempt);
    }

    @Override
    public JobState state() {
      return JobState.REQUESTED;
    }
  }

  /** Facts were told, none of them an end. */
  record UnderWay(JobState state, int attempt) implements JobLifecycle {
    public UnderWay {
      JobFact.requireAttempt(attempt);
      if (state.isTerminal() || state == JobState.REQUESTED || state == JobState.UNKNOWN) {
        throw new IllegalArgumentException(state + " is not under way");
      }
    }
  }

  /** It ended, in one of the terminal states. */
  record Ended(JobState state, int attempt) implements JobLifecycle {
    public Ended {
      JobFact.requireAttempt(attempt);
      if (!state.isTerminal()) {
        throw new IllegalArgumentException(state + " is no end");
      }
    }
  }

  /** What a reader is told. */
  JobState state();

  /** The attempt it is about, from 1. */
  int attempt();

  /** The beginning of a job. */
  static JobLifecycle requested(int attempt) {
    return new Requested(attempt);
  }

  /**
   * A lifecycle that was stored.
   *
   * @throws IllegalArgumentException for {@link JobState#UNKNOWN}, which nobody stores
   */
  static JobLifecycle of(JobState state, int attempt) {
    return switch (state) {
      case REQUESTED -> new Requested(attempt);
      case ACCEPTED, SUBMITTED, PENDING, RUNNING, RETRYING -> new UnderWay(state, attempt);
      case SUCCEEDED, FAILED, CANCELLED, TIMED_OUT, LOST, REJECTED -> new Ended(state, attempt);
      case UNKNOWN -> throw new IllegalArgumentException("no lifecycle is in state UNKNOWN");
    };
  }

  /** What a fact tells by itself; empty when it tells nothing about the job's state. */
  static Optional<JobLifecycle> toldBy(JobFact fact, RetryPolicy policy) {
    return JobFactStates.stateOf(fact)
        .map(state -> JobFactStates.judged(state, fact, policy))
        .map(state -> of(state, fact.attempt()));
  }

  /** {@link #apply(JobFact, RetryPolicy)} for a job that is never retried. */
  default JobLifecycle apply(JobFact fact) {
    return apply(fact, RetryPolicy.NEVER);
  }

  /**
   * This lifecycle after a fact; the same one if the fact is no news.
   *
   * @param policy the request's; it decides whether a failed attempt is FAILED or RETRYING
   */
  default JobLifecycle apply(JobFact fact, RetryPolicy policy) {
    return toldBy(fact, policy).filter(this::precedes).orElse(this);
  }

  /** True if the other is news to one who knows this. */
  default boolean precedes(JobLifecycle other) {
    if (other instanceof Requested) {
      // Of requests alone the first attempt is where the job is.
      return this instanceof Requested && other.attempt() < attempt();
    }
    return this instanceof Requested
        || Comparator.comparingInt(JobLifecycle::attempt)
                .thenComparingInt(lifecycle -> rankOf(lifecycle.state()))
                .compare(this, other)
            < 0;
  }

  /** The place of a state within an attempt. */
  static int rankOf(JobState state) {
    return switch (state) {
      case UNKNOWN -> 0;
      case REQUESTED -> 10;
      case ACCEPTED -> 20;
      case REJECTED -> 30;
      case SUBMITTED -> 40;
      case PENDING -> 50;
      case RUNNING -> 60;
      case LOST -> 70;
      case CANCELLED -> 80;
      case TIMED_OUT -> 90;
      case FAILED -> 100;
      // Above FAILED: who reads "failed" before the policy is known must not stay there.
      case RETRYING -> 110;
      case SUCCEEDED -> 120;
    };
  }
}
