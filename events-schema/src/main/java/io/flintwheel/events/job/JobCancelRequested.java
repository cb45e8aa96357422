package io.flintwheel.events.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * Stop this job, whatever it is doing.
 *
 * @param reason for people, such as who asked; at most {@value #MAX_REASON} characters, as it is
 *     kept in an annotation of the pod
 */
public record JobCancelRequested(JobId jobId, @Nullable String reason) implements JobCommand {

  public static final String TYPE = "io.flintwheel.job.cancel-requested.v1";
  public static final int MAX_REASON = 1024;

  public JobCancelRequested {
    if (reason != null && reason.length() > MAX_REASON) {
      throw new IllegalArgumentException(
          "reason has " + reason.length() + " characters, at most " + MAX_REASON + " are allowed");
    }
  }

  @Override
  @JsonIgnore
  public String type() {
    return TYPE;
  }
}
