package io.flintwheel.local.apiserver.store;

import io.flintwheel.local.apiserver.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * One step of the store's history.
 *
 * @param revision global, rising by one with each change
 * @param object the new version; for a deletion the last one, carrying the deletion's revision
 * @param previous null for an addition
 */
public record Change(
    long revision, Kind kind, StoredObject object, @Nullable StoredObject previous) {

  /** What happened. */
  public enum Kind {
    ADDED,
    MODIFIED,
    DELETED
  }

  public ResourceType type() {
    return object.type();
  }
}
