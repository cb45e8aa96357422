package io.flintwheel.status.job;

import io.flintwheel.events.job.PodRef;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** What two facts know of one pod, put together. */
final class Pods {

  /**
   * Two pods under one number are rare: one was removed before it started, and made anew. The
   * attempt is that which has had an address; of two like each other all readers pick the same.
   */
  private static final Comparator<PodRef> LIKELIER =
      Comparator.<PodRef, Boolean>comparing(pod -> pod.ip() != null).thenComparing(PodRef::uid);

  private Pods() {}

  static PodRef merge(@Nullable PodRef known, PodRef told) {
    if (known == null) {
      return told;
    }
    if (!known.uid().equals(told.uid())) {
      return LIKELIER.compare(known, told) > 0 ? known : told;
    }
    return new PodRef(
        known.name(),
        known.uid(),
        known.ip() == null ? told.ip() : known.ip(),
        known.node() == null ? told.node() : known.node());
  }
}
