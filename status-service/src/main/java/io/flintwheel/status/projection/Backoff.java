package io.flintwheel.status.projection;

import java.time.Duration;

/** Longer and longer pauses between attempts at something that is away for a while. */
final class Backoff {

  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private Duration next = FIRST;

  private Backoff() {}

  static Backoff standard() {
    return new Backoff();
  }

  /** The pause that is due; twice as long the next time. */
  Duration next() {
    Duration pause = next;
    next = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
    return pause;
  }

  void pause() throws InterruptedException {
    Thread.sleep(next().toMillis());
  }

  void reset() {
    next = FIRST;
  }
}
