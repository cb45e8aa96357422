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
 * <p>One attempt can be told to have ended in two ways, such as by a cancellation that met a driver
 * which had just ended well. Then SUCCEEDED wins over FAILED over TIMED_OUT over CANCELLED over
 * LOST over REJECTED, whichever came first.
 *
 * <p>A job that is cancelled between two attempts is cancelled in the attempt that would follow.
 */
public sealed interface JobLifecycle {

  /** A request is on the topic. */
  record Requested(int attempt) implements JobLifecycle {
    public Requested {
      JobFact.requireAttempt(attempt);
    }

    @Override
    public JobState state() {
      return JobState.REQUESTED;
    }
  }

  /** The submitter has taken it. */
  record Accepted(int attempt) implements JobLifecycle {
    public Accepted {
      JobFact.requireAttempt(attempt);
    }

    @Override
    public JobState state() {
      return JobState.ACCEPTED;
    }
  }

  /** The driver pod exists. */
  record Submitted(int attempt) implements JobLifecycle {
    public Submitted {
      JobFact.requireAttempt(attempt);
    }

    @Override
    public JobState state() {
      return JobState.SUBMITTED;
    }
  }

  /** The driver pod waits. */
  record Pending(int attempt) implements JobLifecycle {
    public Pending {
      JobFact.requireAttempt(attempt);
    }

    @Override
    public JobState state() {
      return JobState.PENDING;
    }
  }

  /** The driver runs. */
  record Running(int attempt) implements JobLifecycle {
    public Running {
      JobFact.requireAttempt(attempt);
    }

    @Override
    public JobState state() {
      return JobState.RUNNING;
    }
  }

  /** The attempt failed and another follows. */
  record Retrying(int attempt) implements JobLifecycle {
    public Retrying {
      JobFact.requireAttempt(attempt);
    }

    @Override
    public JobState state() {
      return JobState.RETRYING;
    }
  }

  /** The job ended, in one of the terminal states. */
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

  /** The beginning of an attempt. */
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
      case ACCEPTED -> new Accepted(attempt);
      case SUBMITTED -> new Submitted(attempt);
      case PENDING -> new Pending(attempt);
      case RUNNING -> new Running(attempt);
      case RETRYING -> new Retrying(attempt);
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
    return Comparator.comparingInt(JobLifecycle::attempt)
            .thenComparingInt(JobLifecycle::rank)
            .compare(this, other)
        < 0;
  }

  /** The place of the state within an attempt; stored beside it so that SQL can compare too. */
  default int rank() {
    return rankOf(state());
  }

  /** See {@link #rank()}; the numbers are stored in databases and never change. */
  static int rankOf(JobState state) {
    return switch (state) {
      case UNKNOWN -> 0;
      case REQUESTED -> 10;
      case ACCEPTED -> 20;
      case SUBMITTED -> 30;
      case PENDING -> 40;
      case RUNNING -> 50;
      case REJECTED -> 60;
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
