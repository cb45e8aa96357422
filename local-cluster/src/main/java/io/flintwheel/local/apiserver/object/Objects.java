package io.flintwheel.local.apiserver.object;

import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.store.ObjectStore;
import io.flintwheel.local.apiserver.store.StoredObject;

/** The stored objects with everything that may be done to them. */
public record Objects(
    ObjectStore store, Creation creation, Modification modification, Deletion deletion) {

  /**
   * The object of a name.
   *
   * @throws ApiFailure 404 when there is none
   */
  public StoredObject require(ResourceType type, String namespace, String name) {
    return store.find(type, namespace, name).orElseThrow(() -> ApiFailure.notFound(type, name));
  }
}
