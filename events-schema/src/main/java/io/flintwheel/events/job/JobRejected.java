package io.flintwheel.events.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * The request cannot be run as it is; nothing was made.
 *
 * @param problems what is wrong and what would be right
 * @param failure the same in one piece
 */
public record JobRejected(
    JobId jobId, String namespace, int attempt, List<Problem> problems, Failure failure)
    implements JobFact {

  public static final String TYPE = "io.flintwheel.job.rejected.v1";

  public JobRejected {
    JobFact.requireAttempt(attempt);
    problems = problems == null ? List.of() : List.copyOf(problems);
  }

  @Override
  @JsonIgnore
  public String type() {
    return TYPE;
  }
}
