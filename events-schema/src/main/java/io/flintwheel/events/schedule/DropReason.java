package io.flintwheel.events.schedule;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** Why a tick requested no job. */
public enum DropReason {
  /** It came due while no scheduler was running, and a later tick caught up for it. */
  SUPERSEDED,
  /** It came due while no scheduler was running, longer ago than the catch-up window. */
  TOO_LATE,
  /** The schedule was paused. */
  PAUSED,
  /** The schedule was deleted before the tick was processed. */
  DELETED,
  /** A newer writer has another reason. */
  @JsonEnumDefaultValue
  UNKNOWN
}
