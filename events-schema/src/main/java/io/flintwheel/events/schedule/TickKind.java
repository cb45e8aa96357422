package io.flintwheel.events.schedule;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** Why a tick of a schedule exists. */
public enum TickKind {
  /** Its nominal time came due. */
  SCHEDULED("z"),
  /** Somebody asked for it now. */
  MANUAL("m"),
  /** It belongs to a backfill. */
  BACKFILL("b"),
  /** Told by a newer writer. */
  @JsonEnumDefaultValue
  UNKNOWN("u");

  private final String suffix;

  TickKind(String suffix) {
    this.suffix = suffix;
  }

  /** The letter that ends the id of the tick's job. */
  public String suffix() {
    return suffix;
  }
}
