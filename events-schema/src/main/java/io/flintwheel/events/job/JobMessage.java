package io.flintwheel.events.job;

import io.flintwheel.events.EventData;

/** What a job topic carries: a command that asks for something, or a fact that tells something. */
public sealed interface JobMessage extends EventData permits JobCommand, JobFact {

  JobId jobId();

  /** The key of the record: everything about one job is in order, nothing else is promised. */
  @Override
  default String recordKey() {
    return jobId().value();
  }
}
