package io.flintwheel.scheduler.tick;

import java.time.Duration;

/**
 * What is done about ticks that are late when they are looked at.
 *
 * @param onTime a tick that is at most this late fires as if nothing had happened
 * @param window of the ticks that are later than that, only the latest one fires, and only when it
 *     is at most this late
 * @param mostRows dropped ticks of one pass that get a row of their own; more become one row
 */
record CatchUp(Duration onTime, Duration window, int mostRows) {

  /** All ticks of this time fire, in one transaction. */
  private static final Duration MOST_ON_TIME = Duration.ofMinutes(10);

  private static final Duration MOST = Duration.ofDays(7);

  static CatchUp of(TickConfig config) {
    return new CatchUp(config.onTime(), config.catchUpWindow(), 100);
  }

  CatchUp {
    if (onTime.compareTo(MOST_ON_TIME) > 0) {
      throw new IllegalArgumentException(
          "flintwheel.ticks.on-time must be at most " + MOST_ON_TIME + ": " + onTime);
    }
    if (onTime.isNegative() || onTime.compareTo(window) > 0 || window.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "0 <= flintwheel.ticks.on-time ("
              + onTime
              + ") <= flintwheel.ticks.catch-up-window ("
              + window
              + ") <= "
              + MOST
              + " does not hold");
    }
    if (mostRows < 1) {
      throw new IllegalArgumentException("mostRows must be at least 1: " + mostRows);
    }
  }
}
