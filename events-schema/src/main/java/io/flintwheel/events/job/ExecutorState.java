package io.flintwheel.events.job;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import java.util.Locale;

/** The state of one executor pod. */
public enum ExecutorState {
  PENDING,
  RUNNING,
  SUCCEEDED,
  FAILED,
  LOST,
  /** Told by a newer writer. */
  @JsonEnumDefaultValue
  UNKNOWN;

  /** True when nothing follows. */
  public boolean isTerminal() {
    return this == SUCCEEDED || this == FAILED || this == LOST;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
