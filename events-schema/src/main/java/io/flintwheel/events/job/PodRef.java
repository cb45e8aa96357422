package io.flintwheel.events.job;

import org.jspecify.annotations.Nullable;

/**
 * A pod.
 *
 * @param name within the job's namespace
 * @param uid tells it from a later pod of the same name
 * @param ip the pod's address, once it has one
 * @param node where it runs, once that is decided
 */
public record PodRef(String name, String uid, @Nullable String ip, @Nullable String node) {

  public static PodRef of(String name, String uid) {
    return new PodRef(name, uid, null, null);
  }
}
