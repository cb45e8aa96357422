package io.flintwheel.events.cloudevent;

import io.flintwheel.events.Event;
import io.flintwheel.events.job.JobId;
import io.flintwheel.events.job.JobMessage;
import io.flintwheel.events.job.Problem;
import io.flintwheel.events.schedule.ScheduleFact;
import java.util.List;
import java.util.Optional;

/** What became of a record. */
public sealed interface Decoded {

  /** A command or a fact about a job. */
  record Message(Event<JobMessage> event) implements Decoded {}

  /** A fact about a schedule; only {@code decodeScheduleFact} gives it. */
  record ScheduleMessage(Event<ScheduleFact> event) implements Decoded {}

  /**
   * Not an event of ours, or not a right one.
   *
   * @param reason stable code
   * @param problems what is wrong, never empty
   * @param jobId the job it is about, when that can be told
   * @param type the type that it claims, when that can be told
   */
  record Undecodable(
      Reason reason, List<Problem> problems, Optional<JobId> jobId, Optional<String> type)
      implements Decoded {

    /** All problems in one line. */
    public String message() {
      return String.join("; ", problems.stream().map(Problem::inWords).toList());
    }
  }

  /** Why a record could not be read; the names are part of the contract. */
  enum Reason {
    /** The record has no value. */
    EMPTY,
    /** The value is no JSON document, is nested too deep, or has a field twice. */
    NOT_JSON,
    /** An attribute of CloudEvents is missing or wrong. */
    NOT_A_CLOUD_EVENT,
    /** Not a type of this topic, or of a newer writer. */
    UNKNOWN_TYPE,
    /** Over the limit of the topic, or of a request's data. */
    TOO_LARGE,
    /** The data is not what the type says. */
    INVALID_DATA
  }
}
