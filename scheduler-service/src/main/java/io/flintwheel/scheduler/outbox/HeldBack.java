package io.flintwheel.scheduler.outbox;

import java.util.HashSet;
import java.util.Set;

/**
 * What a round of the relay sends no more of, and so does not read again: it grows as things fail.
 *
 * @param topics those that did not answer
 * @param keys those with a row that failed, whose later rows must not overtake it
 */
record HeldBack(Set<String> topics, Set<String> keys) {

  static HeldBack nothing() {
    return new HeldBack(new HashSet<>(), new HashSet<>());
  }
}
