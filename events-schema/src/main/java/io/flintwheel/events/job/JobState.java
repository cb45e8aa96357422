package io.flintwheel.events.job;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** What a reader is told of a job. */
public enum JobState {
  /** A request is on the topic. */
  REQUESTED,
  /** The submitter has taken it. */
  ACCEPTED,
  /** The driver pod exists. */
  SUBMITTED,
  /** The driver pod waits. */
  PENDING,
  /** The driver runs. */
  RUNNING,
  /** An attempt failed and another follows. */
  RETRYING,
  /** Ended well. */
  SUCCEEDED,
  /** Ended badly. */
  FAILED,
  /** Stopped because somebody asked. */
  CANCELLED,
  /** Stopped by a deadline. */
  TIMED_OUT,
  /** Its driver is gone and nobody saw how it ended. */
  LOST,
  /** Never run: the request was refused. */
  REJECTED,
  /** Told by a newer writer. */
  @JsonEnumDefaultValue
  UNKNOWN;

  /** True when nothing follows. */
  public boolean isTerminal() {
    return switch (this) {
      case SUCCEEDED, FAILED, CANCELLED, TIMED_OUT, LOST, REJECTED -> true;
      case REQUESTED, ACCEPTED, SUBMITTED, PENDING, RUNNING, RETRYING, UNKNOWN -> false;
    };
  }
}
