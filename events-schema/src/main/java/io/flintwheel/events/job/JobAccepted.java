package io.flintwheel.events.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * The submitter has taken the request and will make its driver pod.
 *
 * @param warnings what was accepted but will not do what its author may think, such as unknown
 *     fields
 */
public record JobAccepted(JobId jobId, String namespace, int attempt, List<Problem> warnings)
    implements JobFact {

  public static final String TYPE = "io.flintwheel.job.accepted.v1";

  public JobAccepted {
    JobFact.requireAttempt(attempt);
    warnings = warnings == null ? List.of() : List.copyOf(warnings);
  }

  @Override
  @JsonIgnore
  public String type() {
    return TYPE;
  }
}
