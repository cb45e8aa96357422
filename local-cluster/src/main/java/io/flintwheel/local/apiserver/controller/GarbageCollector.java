package io.flintwheel.local.apiserver.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.object.DeleteOptions;
import io.flintwheel.local.apiserver.object.Deletion;
import io.flintwheel.local.apiserver.object.Modification.Scope;
import io.flintwheel.local.apiserver.object.Objects;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import io.flintwheel.local.apiserver.store.Change;
import io.flintwheel.local.apiserver.store.Change.Kind;
import io.flintwheel.local.apiserver.store.StoredObject;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Deletes what is owned by objects that are gone, and ends the deletion of owners that wait for
 * what they own (foreground) or let it go (orphan).
 */
public final class GarbageCollector {

  private static final Scope PLAIN = Scope.CONTROL_PLANE;

  private final Objects objects;
  private final Executor later;
  private final Map<String, Set<String>> ownedByUid = new HashMap<>();

  public GarbageCollector(Objects objects, Executor later) {
    this.objects = objects;
    this.later = later;
    objects.store().listen(this::changed);
  }

  private void changed(Change change) {
    StoredObject object = change.object();
    StoredObject previous = change.previous();
    if (previous != null) {
      owners(previous).forEach(owner -> forget(owner, object.uid()));
    }
    if (change.kind() == Kind.DELETED) {
      if (ownedByUid.containsKey(object.uid())) {
        later.execute(() -> collectOwnedBy(object.uid()));
      }
      owners(object).forEach(owner -> later.execute(() -> finish(owner)));
      return;
    }
    owners(object)
        .forEach(
            owner ->
                ownedByUid
                    .computeIfAbsent(owner, unused -> new LinkedHashSet<>())
                    .add(object.uid()));
    if (previous != null) {
      owners(previous).stream()
          .filter(owner -> !owners(object).contains(owner))
          .forEach(owner -> later.execute(() -> finish(owner)));
    }
    if (!owners(object).isEmpty() && change.kind() == Kind.ADDED) {
      later.execute(() -> collect(object.uid()));
    }
    if (object.terminating() && (previous == null || !previous.terminating())) {
      later.execute(() -> finish(object.uid()));
    }
  }

  private void collectOwnedBy(String owner) {
    Set<String> owned = ownedByUid.get(owner);
    if (owned != null) {
      List.copyOf(owned).forEach(this::collect);
    }
  }

  /** Deletes an object that no owner keeps; one that an owner keeps forgets its other owners. */
  private void collect(String uid) {
    StoredObject object = objects.store().findByUid(uid).orElse(null);
    if (object == null || object.terminating() || owners(object).isEmpty() || !known(object)) {
      return;
    }
    Set<String> keeping = new LinkedHashSet<>();
    Set<String> leaving = new LinkedHashSet<>();
    boolean awaited = false;
    for (String owner : owners(object)) {
      StoredObject found = objects.store().findByUid(owner).orElse(null);
      boolean waiting = found != null && found.terminating() && holds(found, Deletion.FOREGROUND);
      awaited |= waiting;
      (found == null || waiting ? leaving : keeping).add(owner);
    }
    if (keeping.isEmpty()) {
      boolean parent = awaited && !owned(uid).isEmpty();
      objects.deletion().delete(object, parent ? DeleteOptions.FOREGROUND : DeleteOptions.GRACEFUL);
    } else if (!leaving.isEmpty()) {
      letGo(object, leaving);
    }
  }

  private static boolean known(StoredObject object) {
    return Json.objects(object.tree(), "metadata", "ownerReferences").stream()
        .allMatch(
            owner ->
                ResourceTypes.ofKind(Json.text(owner, "apiVersion"), Json.text(owner, "kind"))
                    .isPresent());
  }

  /** Carries on with an owner that waits in its deletion. */
  private void finish(String uid) {
    StoredObject owner = objects.store().findByUid(uid).orElse(null);
    if (owner == null || !owner.terminating()) {
      return;
    }
    if (holds(owner, Deletion.ORPHAN)) {
      owned(uid).forEach(dependent -> letGo(dependent, Set.of(uid)));
      release(owner, Deletion.ORPHAN);
    } else if (holds(owner, Deletion.FOREGROUND)) {
      owned(uid).forEach(dependent -> collect(dependent.uid()));
      if (owned(uid).stream().noneMatch(dependent -> blocks(dependent, uid))) {
        objects.store().findByUid(uid).ifPresent(found -> release(found, Deletion.FOREGROUND));
      }
    }
  }

  private List<StoredObject> owned(String uid) {
    return List.copyOf(ownedByUid.getOrDefault(uid, Set.of())).stream()
        .flatMap(each -> objects.store().findByUid(each).stream())
        .toList();
  }

  private static boolean blocks(StoredObject dependent, String owner) {
    return Json.objects(dependent.tree(), "metadata", "ownerReferences").stream()
        .filter(reference -> owner.equals(Json.text(reference, "uid")))
        .anyMatch(reference -> reference.path("blockOwnerDeletion").asBoolean());
  }

  private void letGo(StoredObject dependent, Set<String> owners) {
    objects
        .modification()
        .modify(
            dependent,
            PLAIN,
            tree -> {
              ArrayNode kept = Json.array();
              for (JsonNode reference : tree.path("metadata").path("ownerReferences")) {
                if (!owners.contains(Json.textOrEmpty(reference, "uid"))) {
                  kept.add(reference);
                }
              }
              Json.objectAt(tree, "metadata").set("ownerReferences", kept);
              return tree;
            });
  }

  private static boolean holds(StoredObject object, String finalizer) {
    for (JsonNode present : object.tree().path("metadata").path("finalizers")) {
      if (present.asText().equals(finalizer)) {
        return true;
      }
    }
    return false;
  }

  private void release(StoredObject object, String finalizer) {
    objects
        .modification()
        .modify(
            object,
            PLAIN,
            tree -> {
              ObjectNode metadata = Json.objectAt(tree, "metadata");
              ArrayNode kept = Json.array();
              for (JsonNode present : metadata.path("finalizers")) {
                if (!present.asText().equals(finalizer)) {
                  kept.add(present);
                }
              }
              metadata.set("finalizers", kept);
              return tree;
            });
  }

  private void forget(String owner, String uid) {
    Set<String> owned = ownedByUid.get(owner);
    if (owned != null) {
      owned.remove(uid);
      if (owned.isEmpty()) {
        ownedByUid.remove(owner);
      }
    }
  }

  private static List<String> owners(StoredObject object) {
    JsonNode references = object.tree().path("metadata").path("ownerReferences");
    if (references.isEmpty()) {
      return List.of();
    }
    return Json.objects(object.tree(), "metadata", "ownerReferences").stream()
        .map(reference -> Json.textOrEmpty(reference, "uid"))
        .distinct()
        .toList();
  }
}
