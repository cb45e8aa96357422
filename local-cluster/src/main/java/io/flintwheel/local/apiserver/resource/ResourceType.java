package io.flintwheel.local.apiserver.resource;

import java.util.List;
import java.util.Set;

/**
 * A kind of object of the API.
 *
 * @param group API group, empty for the core group
 * @param shortNames what kubectl accepts beside the plural
 * @param categories such as {@code all} of {@code kubectl get all}
 * @param subresources names below an object, such as {@code status}
 * @param traits how its writes differ from the common case
 */
public record ResourceType(
    String group,
    String version,
    String plural,
    String kind,
    boolean namespaced,
    List<String> shortNames,
    List<String> categories,
    Set<String> subresources,
    Set<Trait> traits) {

  /** How writes of a type differ from the common case. */
  public enum Trait {
    /** Objects carry metadata.generation. */
    GENERATION,
    /** DELETE answers the object, not a Status. */
    RETURNS_DELETED,
    /** PUT of a name that does not exist creates it. */
    CREATE_ON_UPDATE,
    /** PUT must name the resource version it replaces. */
    VERSIONED_UPDATE,
    /** Answers a question and stores nothing; only create. */
    REVIEW,
    /** Another name for objects that are stored under another type. */
    VIEW
  }

  public ResourceType {
    shortNames = List.copyOf(shortNames);
    categories = List.copyOf(categories);
    subresources = Set.copyOf(subresources);
    traits = Set.copyOf(traits);
  }

  public boolean has(Trait trait) {
    return traits.contains(trait);
  }

  public boolean hasStatus() {
    return subresources.contains("status");
  }

  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  public String singular() {
    return kind.toLowerCase(java.util.Locale.ROOT);
  }

  public String listKind() {
    return kind + "List";
  }

  /** {@code pods}, {@code leases.coordination.k8s.io}. */
  public String qualifiedPlural() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  /** {@code Pod}, {@code Lease.coordination.k8s.io}. */
  public String qualifiedKind() {
    return group.isEmpty() ? kind : kind + "." + group;
  }

  public List<String> verbs() {
    return has(Trait.REVIEW)
        ? List.of("create")
        : List.of(
            "create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
  }
}
