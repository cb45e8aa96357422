package io.flintwheel.events.job;

/** What a job topic carries: a command that asks for something, or a fact that tells something. */
public sealed interface JobMessage permits JobCommand, JobFact {

  JobId jobId();

  /** The CloudEvents type, {@code io.flintwheel.<subject>.<past participle>.v1}. */
  String type();

  /** The key of the record: everything about one job is in order, nothing else is promised. */
  default String recordKey() {
    return jobId().value();
  }
}
