package io.flintwheel.scheduler.tick;

/** What became of a tick. */
public enum TickOutcome {
  /** It requested its job. */
  FIRED,
  /** It came due while no scheduler was running and was not caught up. */
  MISSED,
  /** It was left out on purpose. */
  SKIPPED
}
