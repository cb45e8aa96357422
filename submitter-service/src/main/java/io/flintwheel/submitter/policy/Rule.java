package io.flintwheel.submitter.policy;

import io.flintwheel.events.job.Problem;

/** The rules, by the names that refusals carry and the documentation explains. */
public enum Rule {
  /** Nothing may make the submitter read its own disk. */
  NO_SUBMITTER_FILES("no-submitter-files"),
  /** Nothing may make the submitter load a class or skip a step. */
  NO_SUBMITTER_CLASSES("no-submitter-classes"),
  /** Nothing may make the submitter speak to anybody, or as anybody else. */
  NO_FOREIGN_ENDPOINTS("no-foreign-endpoints"),
  /** Names follow from the job, so that a redelivery meets the same objects. */
  NAMES_FOLLOW_THE_JOB("names-follow-the-job"),
  /** A job stays in its namespace. */
  STAY_IN_NAMESPACE("stay-in-namespace"),
  /** Whatever the driver is to open must be reachable from the driver. */
  DRIVER_REACHES_FILES("driver-reaches-files"),
  /** Labels by which pods are recognised belong to Flintwheel and Spark. */
  RESERVED_LABELS("reserved-labels");

  private final String code;

  Rule(String code) {
    this.code = code;
  }

  /** The rule's name in messages. */
  public String code() {
    return code;
  }

  Problem refuses(String field, String message, String expected) {
    return new Problem(field, "rule " + code + ": " + message, expected);
  }
}
