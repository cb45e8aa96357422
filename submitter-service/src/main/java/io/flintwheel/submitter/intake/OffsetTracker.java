package io.flintwheel.submitter.intake;

import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * How far a partition may be committed: up to the first record that is not done.
 *
 * <p>Lives from the partition's assignment to its revocation. Thread-safe.
 */
final class OffsetTracker {

  private final TreeSet<Long> unfinished = new TreeSet<>();
  private long next = -1;
  private long committed = -1;
  private boolean revoked;

  /** A record was delivered; they come in the order of their offsets. */
  synchronized void delivered(long offset) {
    if (offset < next) {
      throw new IllegalArgumentException("offset " + offset + " after " + next);
    }
    if (next < 0) {
      // Whatever is before the first record that we are given, somebody committed.
      committed = offset;
    }
    unfinished.add(offset);
    next = offset + 1;
  }

  /** All effects of a record are durable. */
  synchronized void finished(long offset) {
    unfinished.remove(offset);
  }

  /** The position to commit; empty when it is committed already. */
  synchronized OptionalLong committable() {
    long position = unfinished.isEmpty() ? next : unfinished.first();
    return position > committed ? OptionalLong.of(position) : OptionalLong.empty();
  }

  /** The broker has it. */
  synchronized void committed(long position) {
    committed = Math.max(committed, position);
  }

  /** Whether no record before this one will ever be delivered again. */
  synchronized boolean allCommittedBefore(long offset) {
    return committed >= offset;
  }

  /** From the first record that is not done to the last that was delivered. */
  synchronized long span() {
    return unfinished.isEmpty() ? 0 : next - unfinished.first();
  }

  synchronized int unfinishedCount() {
    return unfinished.size();
  }

  synchronized void revoke() {
    revoked = true;
  }

  synchronized boolean isRevoked() {
    return revoked;
  }
}
