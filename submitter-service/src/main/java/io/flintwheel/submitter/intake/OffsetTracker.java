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
  private long lastRead = -1;
  private long next = -1;
  private long committed = -1;
  private int running;
  private boolean revoked;

  /** A record is read; false when it comes before the last one and nobody asked for that. */
  synchronized boolean read(long offset) {
    if (offset <= lastRead) {
      return false;
    }
    lastRead = offset;
    return true;
  }

  /** The next record to be read is this one, or the first after it. */
  synchronized void readsAgainFrom(long offset) {
    lastRead = offset - 1;
  }

  /** Whether a record was delivered before; reading again for what was postponed brings it back. */
  synchronized boolean wasDelivered(long offset) {
    return offset < next;
  }

  /** The first record that was never delivered; -1 when none was. */
  synchronized long next() {
    return next;
  }

  /** A record was delivered for the first time; they come in the order of their offsets. */
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

  /** What the broker has; empty when nothing was delivered. */
  synchronized OptionalLong committed() {
    return committed < 0 ? OptionalLong.empty() : OptionalLong.of(committed);
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

  /** Somebody begins to work on a record; false when the partition may be another consumer's. */
  synchronized boolean begin() {
    if (revoked) {
      return false;
    }
    running++;
    return true;
  }

  synchronized void end() {
    running--;
  }

  /** How many records are being worked on right now; those that wait to be tried again are not. */
  synchronized int running() {
    return running;
  }

  /** Nothing is begun any more. */
  synchronized void revoke() {
    revoked = true;
  }

  synchronized boolean isRevoked() {
    return revoked;
  }
}
