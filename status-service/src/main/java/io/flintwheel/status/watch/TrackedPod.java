package io.flintwheel.status.watch;

import io.flintwheel.events.EventId;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What this replica remembers of a pod: its last state, and which facts it has told. */
final class TrackedPod {

  private PodReading last;
  private @Nullable Instant goneSince;
  private boolean ended;
  private final Set<EventId> told = new HashSet<>();
  private int unconfirmed;
  private boolean owes;

  /** Why the pod waits, as it was told last. */
  private @Nullable EventId waiting;

  TrackedPod(PodReading first) {
    this.last = first;
  }

  synchronized PodReading last() {
    return last;
  }

  synchronized Optional<Instant> goneSince() {
    return Optional.ofNullable(goneSince);
  }

  /** True when the pod's end is told or being told. */
  synchronized boolean hasEnded() {
    return ended;
  }

  /** True when there is nothing more to tell, ever, and all of it is durable. */
  synchronized boolean isFinished() {
    return ended && unconfirmed == 0 && !owes;
  }

  /** True when a fact was refused since the state was looked at. */
  synchronized boolean owes() {
    return owes;
  }

  /** The state is looked at: what it still tells and was refused is told anew. */
  synchronized void looked() {
    owes = false;
  }

  /** Takes a newer state; false when it is older than what is known. */
  synchronized boolean seen(PodReading pod) {
    if (version(pod) < version(last)) {
      return false;
    }
    boolean news = goneSince != null || version(pod) > version(last);
    // A copy of the same state is not kept: the informer has one already.
    last = version(pod) > version(last) ? pod : last;
    goneSince = null;
    return news;
  }

  /** The pod is gone; its last state may say more than the one before. */
  synchronized void gone(PodReading pod, Instant time) {
    if (version(pod) >= version(last)) {
      last = pod;
    }
    if (goneSince == null) {
      goneSince = time;
    }
  }

  synchronized void present() {
    goneSince = null;
  }

  synchronized boolean hasTold(EventId fact) {
    return told.contains(fact);
  }

  /** Whether it waits for what it waited for before, with another reason between. */
  synchronized boolean waitsAgain(EventId pending) {
    return told.contains(pending) && !pending.equals(waiting);
  }

  /** Why the pod waits is under way, or was not taken. */
  synchronized void waits(@Nullable EventId pending) {
    waiting = pending;
  }

  /** The fact is under way. */
  synchronized void telling(EventId fact, boolean end) {
    told.add(fact);
    unconfirmed++;
    ended |= end;
  }

  synchronized void confirmed() {
    unconfirmed--;
  }

  /** The fact did not reach Kafka; it is to be told again. */
  synchronized void refused(EventId fact, boolean end) {
    told.remove(fact);
    unconfirmed--;
    owes = true;
    if (end) {
      ended = false;
    }
  }

  /** Resource versions are numbers that grow; anything else is taken as news. */
  private static long version(PodReading pod) {
    String version = pod.pod().getMetadata().getResourceVersion();
    try {
      return version == null ? 0 : Long.parseLong(version);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }
}
