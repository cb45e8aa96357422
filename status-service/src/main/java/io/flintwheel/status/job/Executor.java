package io.flintwheel.status.job;

import io.flintwheel.events.job.ExecutorChanged;
import io.flintwheel.events.job.ExecutorState;
import io.flintwheel.events.job.Failure;
import io.flintwheel.events.job.PodRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One executor of an attempt.
 *
 * @param id Spark's id within the application
 * @param since when it came into its state
 * @param waiting the last known reason for which its pod waited, while it is pending
 */
public record Executor(
    String id,
    PodRef pod,
    ExecutorState state,
    @Nullable Failure failure,
    Instant since,
    @Nullable Waiting waiting) {

  static Executor toldBy(ExecutorChanged fact, Instant time) {
    return new Executor(
        fact.executorId(),
        fact.pod(),
        fact.state(),
        fact.failure(),
        time,
        fact.state() == ExecutorState.PENDING
            ? new Waiting(fact.reason(), fact.message(), time)
            : null);
  }

  /** Whether it waits for something that has a name. */
  public boolean isHeldUp() {
    return waiting != null && waiting.reason() != null;
  }

  /** This executor after it is told to be in a state; states only move forward. */
  Executor merge(Executor told) {
    PodRef merged = Pods.merge(pod, told.pod());
    if (told.state() != state) {
      Executor winner = rank(told.state()) > rank(state) ? told : this;
      return new Executor(id, merged, winner.state, winner.failure, winner.since, winner.waiting);
    }
    return new Executor(
        id,
        merged,
        state,
        told.failure() == null ? failure : Either.of(failure, told.failure()),
        told.since().isBefore(since) ? told.since() : since,
        told.waiting() == null ? waiting : Waiting.newer(waiting, told.waiting()));
  }

  private static int rank(ExecutorState state) {
    return switch (state) {
      case UNKNOWN -> 0;
      case PENDING -> 1;
      case RUNNING -> 2;
      case LOST -> 3;
      case FAILED -> 4;
      case SUCCEEDED -> 5;
    };
  }
}
