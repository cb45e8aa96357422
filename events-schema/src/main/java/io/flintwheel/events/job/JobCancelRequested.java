package io.flintwheel.events.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * Stop this job, whatever it is doing.
 *
 * @param reason for people, such as who asked
 */
public record JobCancelRequested(JobId jobId, @Nullable String reason) implements JobCommand {

  public static final String TYPE = "io.flintwheel.job.cancel-requested.v1";

  @Override
  @JsonIgnore
  public String type() {
    return TYPE;
  }
}
