package io.flintwheel.local.apiserver.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.selector.Selection;
import io.flintwheel.local.apiserver.store.Change;
import io.flintwheel.local.apiserver.store.Change.Kind;
import io.flintwheel.local.apiserver.store.ObjectStore;
import io.flintwheel.local.apiserver.store.StoredObject;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All open watches. */
public final class Watches {

  private static final long BOOKMARK_MILLIS = 60_000;
  private static final byte[] OBJECT = ",\"object\":".getBytes(StandardCharsets.UTF_8);

  /**
   * What a client asked of its watch.
   *
   * @param since version after which it wants changes; null for the present state first
   * @param timeoutSeconds zero for the server's choice
   * @param form how an object is written
   */
  record Request(
      Selection selection,
      @Nullable Long since,
      boolean bookmarks,
      boolean initialEvents,
      long timeoutSeconds,
      Function<StoredObject, byte[]> form) {}

  private final class Watcher {
    private final Request request;
    private final WatchSink sink;
    private long timeout;
    private long bookmark;

    Watcher(Request request, WatchSink sink) {
      this.request = request;
      this.sink = sink;
    }

    void open() {
      watchers.add(this);
      sink.onClose(this::close);
      long seconds =
          request.timeoutSeconds() > 0
              ? request.timeoutSeconds()
              : ThreadLocalRandom.current().nextLong(1800, 3600);
      timeout =
          vertx.setTimer(
              seconds * 1000,
              unused -> {
                close();
                sink.end();
              });
      if (request.bookmarks()) {
        bookmark = vertx.setPeriodic(BOOKMARK_MILLIS, unused -> sendBookmark(false));
      }
    }

    void close() {
      if (watchers.remove(this)) {
        vertx.cancelTimer(timeout);
        vertx.cancelTimer(bookmark);
      }
    }

    /** A change as seen through a selector: entering it is an addition, leaving it a deletion. */
    void see(Change change) {
      Selection selection = request.selection();
      StoredObject previous = change.previous();
      boolean before = previous != null && selection.matches(previous);
      boolean after = change.kind() != Kind.DELETED && selection.matches(change.object());
      if (after) {
        send(before ? "MODIFIED" : "ADDED", change.object());
      } else if (before) {
        send("DELETED", change.kind() == Kind.DELETED ? change.object() : left(change, previous));
      }
    }

    void send(String type, StoredObject object) {
      sink.send(frame(type, request.form().apply(object)));
    }

    void sendBookmark(boolean initialEnd) {
      var type = request.selection().type();
      ObjectNode object = Json.object();
      object.put("kind", type.kind()).put("apiVersion", type.apiVersion());
      ObjectNode metadata = object.putObject("metadata");
      metadata.put("resourceVersion", Long.toString(store.revision()));
      metadata.putNull("creationTimestamp");
      if (initialEnd) {
        metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
      }
      sink.send(frame("BOOKMARK", Json.bytes(object)));
    }
  }

  private final Vertx vertx;
  private final ObjectStore store;
  private final Set<Watcher> watchers = new LinkedHashSet<>();

  public Watches(Vertx vertx, ObjectStore store) {
    this.vertx = vertx;
    this.store = store;
    store.listen(this::changed);
  }

  void open(Request request, WatchSink sink) {
    Long since = request.since();
    if (since != null && !store.remembers(since)) {
      ApiFailure gone =
          ApiFailure.expired("too old resource version: " + since + " (" + store.revision() + ")");
      sink.send(frame("ERROR", Json.bytes(gone.status())));
      sink.end();
      return;
    }
    Watcher watcher = new Watcher(request, sink);
    if (since == null || request.initialEvents()) {
      Selection selection = request.selection();
      for (StoredObject object : store.list(selection.type(), selection.namespace())) {
        if (selection.matches(object)) {
          watcher.send("ADDED", object);
        }
      }
      if (request.initialEvents() && request.bookmarks()) {
        watcher.sendBookmark(true);
      }
    } else {
      store.changesSince(request.selection().type(), since).forEach(watcher::see);
    }
    watcher.open();
  }

  int count() {
    return watchers.size();
  }

  /** Cuts every watch, as a load balancer or a dying server does. */
  public void dropAll() {
    List<Watcher> all = new ArrayList<>(watchers);
    for (Watcher watcher : all) {
      watcher.close();
      watcher.sink.drop();
    }
  }

  private void changed(Change change) {
    for (Watcher watcher : List.copyOf(watchers)) {
      if (watcher.request.selection().type().equals(change.type())) {
        watcher.see(change);
      }
    }
  }

  /** The object as it was when it was last selected, at the version at which it left. */
  private static StoredObject left(Change change, @Nullable StoredObject previous) {
    if (previous == null) {
      return change.object();
    }
    ObjectNode tree = previous.copy();
    Json.objectAt(tree, "metadata").put("resourceVersion", Long.toString(change.revision()));
    return new StoredObject(previous.type(), previous.key(), tree);
  }

  private static byte[] frame(String type, byte[] object) {
    byte[] head = ("{\"type\":\"" + type + "\"").getBytes(StandardCharsets.UTF_8);
    byte[] frame = new byte[head.length + OBJECT.length + object.length + 1];
    System.arraycopy(head, 0, frame, 0, head.length);
    System.arraycopy(OBJECT, 0, frame, head.length, OBJECT.length);
    System.arraycopy(object, 0, frame, head.length + OBJECT.length, object.length);
    frame[frame.length - 1] = '}';
    return frame;
  }
}
