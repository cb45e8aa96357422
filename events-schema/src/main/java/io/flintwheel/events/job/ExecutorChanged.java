package io.flintwheel.events.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * An executor is in a state; one CloudEvents type per state.
 *
 * @param executorId Spark's id of the executor within the application
 * @param pod its pod
 * @param state its state
 * @param failure why, when it failed or was lost
 * @param reason why it waits, when it is pending and Kubernetes says so, such as {@code
 *     Unschedulable}
 * @param message the same in words
 */
public record ExecutorChanged(
    JobId jobId,
    String namespace,
    int attempt,
    String executorId,
    PodRef pod,
    ExecutorState state,
    @Nullable Failure failure,
    @Nullable String reason,
    @Nullable String message)
    implements JobFact {

  /** The type is this, the state's word and {@code .v1}. */
  public static final String TYPE_PREFIX = "io.flintwheel.job.executor.";

  public ExecutorChanged {
    JobFact.requireAttempt(attempt);
  }

  /** An executor that does not wait, or of which nobody says why. */
  public ExecutorChanged(
      JobId jobId,
      String namespace,
      int attempt,
      String executorId,
      PodRef pod,
      ExecutorState state,
      @Nullable Failure failure) {
    this(jobId, namespace, attempt, executorId, pod, state, failure, null, null);
  }

  /** The CloudEvents type of executors in that state. */
  public static String typeOf(ExecutorState state) {
    return TYPE_PREFIX + state.word() + ".v1";
  }

  @Override
  @JsonIgnore
  public String type() {
    return typeOf(state);
  }
}
