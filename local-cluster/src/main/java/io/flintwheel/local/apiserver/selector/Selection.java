package io.flintwheel.local.apiserver.selector;

import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.store.StoredObject;
import org.jspecify.annotations.Nullable;

/**
 * Which objects a list, a watch or a deletion of many is about.
 *
 * @param namespace null for all namespaces
 */
public record Selection(
    ResourceType type, @Nullable String namespace, LabelSelector labels, FieldSelector fields) {

  /** True when every object of the type and namespace is meant. */
  public boolean isEverything() {
    return labels.isEverything() && fields.isEverything();
  }

  public boolean matches(StoredObject object) {
    return type.equals(object.type())
        && (namespace == null || namespace.equals(object.key().namespace()))
        && labels.matches(object.tree())
        && fields.matches(object.tree());
  }
}
