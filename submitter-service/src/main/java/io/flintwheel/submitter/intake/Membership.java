package io.flintwheel.submitter.intake;

import java.time.Duration;

/**
 * When the broker last confirmed that this consumer is a member of its group. A process that was
 * frozen, or cut off from the broker, does not know that its partitions went to another: until the
 * broker has confirmed it again, it begins nothing. The clock is the system's timer, which goes on
 * while a process is stopped.
 */
final class Membership {

  /** After so long the broker gives a member's partitions to others. */
  static final Duration SESSION = Duration.ofSeconds(10);

  /** How often it is asked at the least. */
  static final Duration RENEWAL = Duration.ofSeconds(2);

  private static final Duration CERTAIN = Duration.ofSeconds(6);

  private volatile long confirmed = System.nanoTime() - SESSION.toNanos();

  /**
   * The broker took something that only a member may say.
   *
   * @param asked when it was said, as {@link System#nanoTime()}: it may have come back much later
   */
  void confirmed(long asked) {
    confirmed = asked;
  }

  /** Whether nobody else can have this consumer's partitions. */
  boolean isCertain() {
    return System.nanoTime() - confirmed < CERTAIN.toNanos();
  }
}
