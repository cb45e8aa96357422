package io.flintwheel.events.job;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which record each CloudEvents type is. */
public final class JobMessages {

  private static final Map<String, Class<? extends JobMessage>> BY_TYPE = byType();

  private JobMessages() {}

  /** The record of a type; empty for a type that is not ours, or newer than we are. */
  public static Optional<Class<? extends JobMessage>> recordOf(String type) {
    return Optional.ofNullable(BY_TYPE.get(type));
  }

  /** All types, commands first. */
  public static Map<String, Class<? extends JobMessage>> types() {
    return BY_TYPE;
  }

  private static Map<String, Class<? extends JobMessage>> byType() {
    Map<String, Class<? extends JobMessage>> types = new LinkedHashMap<>();
    types.put(JobRequested.TYPE, JobRequested.class);
    types.put(JobCancelRequested.TYPE, JobCancelRequested.class);
    types.put(JobAccepted.TYPE, JobAccepted.class);
    types.put(JobRejected.TYPE, JobRejected.class);
    types.put(JobConflicted.TYPE, JobConflicted.class);
    types.put(JobSubmitted.TYPE, JobSubmitted.class);
    types.put(JobSubmissionFailed.TYPE, JobSubmissionFailed.class);
    types.put(JobPending.TYPE, JobPending.class);
    types.put(JobRunning.TYPE, JobRunning.class);
    types.put(JobSucceeded.TYPE, JobSucceeded.class);
    types.put(JobFailed.TYPE, JobFailed.class);
    types.put(JobLost.TYPE, JobLost.class);
    types.put(JobCancelled.TYPE, JobCancelled.class);
    types.put(JobRetrying.TYPE, JobRetrying.class);
    types.put(JobTimedOut.TYPE, JobTimedOut.class);
    for (ExecutorState state : ExecutorState.values()) {
      if (state != ExecutorState.UNKNOWN) {
        types.put(ExecutorChanged.typeOf(state), ExecutorChanged.class);
      }
    }
    return java.util.Collections.unmodifiableMap(types);
  }
}
