package io.flintwheel.events.job;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** Whose fault a failure is, so that retries and people can tell them apart. */
public enum FailureClass {
  /** The application ended by itself: an exception, a non-zero exit, a missing class or jar. */
  APPLICATION,
  /** The image could not be pulled. */
  IMAGE_PULL,
  /** No node took the driver. */
  UNSCHEDULABLE,
  /** The kubelet or a higher priority evicted the driver. */
  EVICTED,
  /** A container used more memory than its limit. */
  OOM_KILLED,
  /** The driver's node is gone. */
  NODE_LOST,
  /** The driver pod could not be created. */
  SUBMISSION,
  /** A rule of this installation refuses the job. */
  POLICY,
  /** A deadline passed. */
  TIMEOUT,
  /** Not told, or told by a newer writer. */
  @JsonEnumDefaultValue
  UNKNOWN
}
