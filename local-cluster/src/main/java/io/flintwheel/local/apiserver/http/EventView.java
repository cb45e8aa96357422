package io.flintwheel.local.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import io.flintwheel.local.apiserver.store.StoredObject;
import java.util.Map;

/** Events as {@code events.k8s.io/v1} names their fields; they are stored as core Events. */
final class EventView {

  private static final Map<String, String> TO_CORE =
      Map.of(
          "regarding", "involvedObject",
          "note", "message",
          "reportingController", "reportingComponent",
          "deprecatedSource", "source",
          "deprecatedFirstTimestamp", "firstTimestamp",
          "deprecatedLastTimestamp", "lastTimestamp",
          "deprecatedCount", "count");

  private EventView() {}

  static ObjectNode toCore(ObjectNode event) {
    ObjectNode core = event.deepCopy();
    core.put("apiVersion", "v1");
    TO_CORE.forEach((from, to) -> rename(core, from, to));
    return core;
  }

  static StoredObject of(StoredObject core) {
    ObjectNode event = core.copy();
    event.put("apiVersion", ResourceTypes.EVENTS_V1.apiVersion());
    TO_CORE.forEach((from, to) -> rename(event, to, from));
    if (!event.has("eventTime")) {
      event.putNull("eventTime");
    }
    return new StoredObject(ResourceTypes.EVENTS_V1, core.key(), event);
  }

  /** A field path of a selector, in the words of core Events. */
  static String selector(String selector) {
    return selector
        .replace("regarding.", "involvedObject.")
        .replace("reportingController", "reportingComponent");
  }

  private static void rename(ObjectNode object, String from, String to) {
    JsonNode value = object.remove(from);
    if (value != null) {
      object.set(to, value);
    }
  }
}
