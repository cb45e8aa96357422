package io.flintwheel.events.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Livy's word for a job: {@code state} of a batch. {@code ERROR} is left out: nobody can act. */
public enum LivyState {
  STARTING,
  RUNNING,
  SUCCESS,
  DEAD,
  KILLED;

  /** Total: Livy's clients end only on a word they know, so an unknown state goes on. */
  public static LivyState of(JobState state) {
    return switch (state) {
      case REQUESTED, ACCEPTED, SUBMITTED, PENDING, RETRYING, UNKNOWN -> STARTING;
      case RUNNING -> RUNNING;
      case SUCCEEDED -> SUCCESS;
      case FAILED, TIMED_OUT, LOST, REJECTED -> DEAD;
      case CANCELLED -> KILLED;
    };
  }

  /** As Livy writes it. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
