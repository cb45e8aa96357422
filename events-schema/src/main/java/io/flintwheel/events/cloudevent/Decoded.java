package io.flintwheel.events.cloudevent;

import io.flintwheel.events.Event;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobMessage;
import io.flintwheel.events.job.Problem;
import java.util.List;
import java.util.Optional;

/** What became of a record. */
public sealed interface Decoded {

  /** An event of ours. */
  record Message(Event<JobMessage> event) implements Decoded {}

  /**
   * Not an event of ours, or not a right one.
   *
   * @param reason stable code
   * @param problems what is wrong, never empty
   * @param jobId the job it is about, when that can be told
   */
  record Undecodable(Reason reason, List<Problem> problems, Optional<JobId> jobId)
      implements Decoded {

    /** All problems in one line. */
    public String message() {
      return String.join(
          "; ",
          problems.stream()
              .map(p -> p.field().isEmpty() ? p.message() : p.field() + ": " + p.message())
              .toList());
    }
  }

  /** Why a record could not be read; the names are part of the contract. */
  enum Reason {
    EMPTY,
    NOT_JSON,
    NOT_A_CLOUD_EVENT,
    UNKNOWN_TYPE,
    TOO_LARGE,
    INVALID_DATA
  }
}
