package io.flintwheel.events.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.flintwheel.events.EventId;
import java.net.URI;

/**
 * A request named a known job with another specification. The first job is untouched: this changes
 * no state.
 *
 * @param message what differs
 */
public record JobConflicted(JobId jobId, String namespace, int attempt, String message)
    implements JobFact {

  public static final String TYPE = "io.flintwheel.job.conflicted.v1";

  public JobConflicted {
    JobFact.requireAttempt(attempt);
  }

  /** The id of the event that answers this very request, for a sender who waits for it. */
  public static EventId idOf(URI source, EventId id, JobRequested request) {
    return EventId.of(TYPE, source, id, request.jobId(), request.spec().digest());
  }

  @Override
  @JsonIgnore
  public String type() {
    return TYPE;
  }
}
