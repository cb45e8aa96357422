package io.flintwheel.cli.job;

import io.flintwheel.cli.CliFailure;
import io.flintwheel.events.job.JobId;

/** Job ids that people type. */
final class JobIds {

  private JobIds() {}

  static JobId parse(String text) {
    try {
      return JobId.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CliFailure(e.getMessage(), e);
    }
  }
}
