package io.flintwheel.status.job;

import io.flintwheel.events.job.PodRef;
import org.jspecify.annotations.Nullable;

/** What two facts know of one pod, put together. */
final class Pods {

  private Pods() {}

  static PodRef merge(@Nullable PodRef known, PodRef told) {
    if (known == null) {
      return told;
    }
    if (!known.uid().equals(told.uid())) {
      // Two pods under one number cannot be; if they are, all readers pick the same one.
      return known.uid().compareTo(told.uid()) > 0 ? known : told;
    }
    return new PodRef(
        known.name(),
        known.uid(),
        known.ip() == null ? told.ip() : known.ip(),
        known.node() == null ? told.node() : known.node());
  }
}
