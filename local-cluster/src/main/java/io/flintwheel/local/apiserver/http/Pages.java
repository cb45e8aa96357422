package io.flintwheel.local.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.selector.Selection;
import io.flintwheel.local.apiserver.store.ObjectStore;
import io.flintwheel.local.apiserver.store.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists, whole or page by page; all pages of one list show the same moment. */
final class Pages {

  /** A list whose pages are not fetched soon is forgotten after this many others. */
  private static final int KEPT = 64;

  /**
   * One page of a list.
   *
   * @param next token of the next page, or null after the last one
   */
  record Page(List<StoredObject> objects, long revision, @Nullable String next, int remaining) {}

  private record Snapshot(List<StoredObject> objects, long revision) {}

  private final ObjectStore store;
  private final Map<Long, Snapshot> snapshots =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Snapshot> eldest) {
          return size() > KEPT;
        }
      };
  private long lastSnapshot;

  Pages(ObjectStore store) {
    this.store = store;
  }

  /**
   * The first page of a list, or the one that a token names.
   *
   * @param limit zero for all
   * @throws ApiFailure 410 when the moment of the list is forgotten
   */
  Page list(Selection selection, int limit, @Nullable String token) {
    if (token != null && !token.isEmpty()) {
      return next(limit, token);
    }
    List<StoredObject> found = new ArrayList<>();
    for (StoredObject object : store.list(selection.type(), selection.namespace())) {
      if (selection.matches(object)) {
        found.add(object);
      }
    }
    Snapshot snapshot = new Snapshot(found, store.revision());
    if (limit <= 0 || found.size() <= limit) {
      return new Page(found, snapshot.revision(), null, 0);
    }
    lastSnapshot++;
    snapshots.put(lastSnapshot, snapshot);
    return page(lastSnapshot, snapshot, 0, limit);
  }

  private Page next(int limit, String token) {
    try {
      JsonNode read = Json.parse(Base64.getUrlDecoder().decode(token));
      long id = read.path("snapshot").asLong();
      Snapshot snapshot = snapshots.get(id);
      if (snapshot == null) {
        throw ApiFailure.expired(
            "The provided continue parameter is too old to display a consistent list result. You"
                + " must start a new list without the continue parameter.");
      }
      int start = read.path("start").asInt();
      return page(id, snapshot, start, limit <= 0 ? snapshot.objects().size() : limit);
    } catch (IOException | IllegalArgumentException e) {
      throw ApiFailure.badRequest("continue key is not valid: " + e.getMessage());
    }
  }

  private static Page page(long id, Snapshot snapshot, int start, int limit) {
    List<StoredObject> all = snapshot.objects();
    int end = Math.min(all.size(), start + limit);
    boolean last = end == all.size();
    byte[] token = Json.bytes(Json.object().put("snapshot", id).put("start", end));
    return new Page(
        all.subList(Math.min(start, end), end),
        snapshot.revision(),
        last ? null : Base64.getUrlEncoder().withoutPadding().encodeToString(token),
        all.size() - end);
  }
}
