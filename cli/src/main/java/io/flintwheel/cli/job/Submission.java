package io.flintwheel.cli.job;

import io.flintwheel.events.cloudevent.EventRecord;
import java.util.List;

/**
 * One event that is about to be published.
 *
 * @param jobId the job it is about
 * @param record what goes to Kafka
 * @param warnings what the publisher should know, such as fields that nobody reads
 */
record Submission(String jobId, EventRecord record, List<String> warnings) {

  Submission {
    warnings = List.copyOf(warnings);
  }
}
