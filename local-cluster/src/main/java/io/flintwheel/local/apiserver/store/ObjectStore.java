package io.flintwheel.local.apiserver.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.store.Change.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Objects, one global revision, and the last changes for watches that come back. Confined to the
 * server's one event loop; rules about what may be written are not kept here.
 */
public final class ObjectStore {

  /**
   * A watch that comes back after more changes than this is told to list again. Each change keeps a
   * version of its object, a driver's pod some 100 KiB of memory: so many fit into the heap.
   */
  static final int HISTORY = 2_000;

  private final Map<ResourceType, NavigableMap<ObjectKey, StoredObject>> objects = new HashMap<>();
  private final Map<String, StoredObject> byUid = new HashMap<>();
  private final ArrayDeque<Change> history = new ArrayDeque<>();
  private final List<Consumer<Change>> listeners = new ArrayList<>();
  private final int historyLimit;
  private long revision;
  private long forgotten;

  public ObjectStore() {
    this(HISTORY);
  }

  ObjectStore(int historyLimit) {
    this.historyLimit = historyLimit;
  }

  public long revision() {
    return revision;
  }

  /** Called with each change, inside the write. */
  public void listen(Consumer<Change> listener) {
    listeners.add(listener);
  }

  public @Nullable StoredObject get(ResourceType type, String namespace, String name) {
    return of(type).get(new ObjectKey(namespace, name));
  }

  public Optional<StoredObject> find(ResourceType type, String namespace, String name) {
    return Optional.ofNullable(get(type, namespace, name));
  }

  public Optional<StoredObject> findByUid(String uid) {
    return Optional.ofNullable(byUid.get(uid));
  }

  /** All objects of a type, or those of one namespace, in the order of their keys. */
  public Collection<StoredObject> list(ResourceType type, @Nullable String namespace) {
    NavigableMap<ObjectKey, StoredObject> all = of(type);
    if (namespace == null) {
      return all.values();
    }
    return all.subMap(new ObjectKey(namespace, ""), new ObjectKey(namespace + '\0', "")).values();
  }

  /** Stores a new object or a new version of it; the tree gets its resource version here. */
  public StoredObject put(ResourceType type, ObjectKey key, ObjectNode tree) {
    revision++;
    Json.objectAt(tree, "metadata").put("resourceVersion", Long.toString(revision));
    StoredObject stored = new StoredObject(type, key, tree);
    StoredObject previous = of(type).put(key, stored);
    byUid.put(stored.uid(), stored);
    record(new Change(revision, previous == null ? Kind.ADDED : Kind.MODIFIED, stored, previous));
    return stored;
  }

  /** Removes an object; answers its last version, with the revision of the removal. */
  public StoredObject remove(StoredObject object) {
    revision++;
    of(object.type()).remove(object.key());
    byUid.remove(object.uid());
    ObjectNode last = object.copy();
    Json.objectAt(last, "metadata").put("resourceVersion", Long.toString(revision));
    StoredObject removed = new StoredObject(object.type(), object.key(), last);
    record(new Change(revision, Kind.DELETED, removed, object));
    return removed;
  }

  /** True when every change after the revision is still known. */
  public boolean remembers(long since) {
    return since >= forgotten;
  }

  /** The changes of a type after a revision, oldest first. */
  public List<Change> changesSince(ResourceType type, long since) {
    List<Change> changes = new ArrayList<>();
    var newestFirst = history.descendingIterator();
    while (newestFirst.hasNext()) {
      Change change = newestFirst.next();
      if (change.revision() <= since) {
        break;
      }
      if (change.type().equals(type)) {
        changes.add(change);
      }
    }
    Collections.reverse(changes);
    return changes;
  }

  private NavigableMap<ObjectKey, StoredObject> of(ResourceType type) {
    return objects.computeIfAbsent(type, unused -> new TreeMap<>());
  }

  private void record(Change change) {
    history.addLast(change);
    if (history.size() > historyLimit) {
      forgotten = history.removeFirst().revision();
    }
    for (Consumer<Change> listener : listeners) {
      listener.accept(change);
    }
  }
}
