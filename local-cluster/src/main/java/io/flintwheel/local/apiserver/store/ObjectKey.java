package io.flintwheel.local.apiserver.store;

import java.util.Comparator;

/**
 * Where an object of a type lies.
 *
 * @param namespace empty for types without namespaces
 */
public record ObjectKey(String namespace, String name) implements Comparable<ObjectKey> {

  private static final Comparator<ObjectKey> ORDER =
      Comparator.comparing(ObjectKey::namespace).thenComparing(ObjectKey::name);

  @Override
  public int compareTo(ObjectKey other) {
    return ORDER.compare(this, other);
  }
}
