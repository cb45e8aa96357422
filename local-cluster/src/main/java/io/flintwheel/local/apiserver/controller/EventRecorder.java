package io.flintwheel.local.apiserver.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.object.Objects;
import io.flintwheel.local.apiserver.object.Timestamps;
import io.flintwheel.local.apiserver.object.WriteOptions;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import io.flintwheel.local.apiserver.store.StoredObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Tells about objects in Events, and forgets them after an hour. */
public final class EventRecorder {

  private static final Duration KEPT = Duration.ofHours(1);

  private final Objects objects;
  private final Clock clock;
  private long count;

  public EventRecorder(Objects objects, Clock clock) {
    this.objects = objects;
    this.clock = clock;
  }

  void record(
      StoredObject about, String component, boolean warning, String reason, String message) {
    String namespace = about.type().namespaced() ? about.key().namespace() : "default";
    boolean gone =
        objects
            .store()
            .find(ResourceTypes.NAMESPACES, "", namespace)
            .filter(found -> !found.terminating())
            .isEmpty();
    if (gone) {
      return;
    }
    count++;
    String now = Timestamps.now(clock);
    ObjectNode event = Json.object();
    event
        .putObject("metadata")
        .put("name", about.key().name() + "." + Long.toHexString((clock.millis() << 20) + count));
    event
        .putObject("involvedObject")
        .put("kind", about.type().kind())
        .put("namespace", about.key().namespace())
        .put("name", about.key().name())
        .put("uid", about.uid())
        .put("apiVersion", about.type().apiVersion())
        .put("resourceVersion", about.resourceVersion());
    event.put("reason", reason).put("message", message);
    event.putObject("source").put("component", component);
    event.put("firstTimestamp", now).put("lastTimestamp", now).put("count", 1);
    event.put("type", warning ? "Warning" : "Normal");
    event.put("reportingComponent", component).put("reportingInstance", "");
    objects.creation().create(ResourceTypes.EVENTS, namespace, event, WriteOptions.CONTROL_PLANE);
  }

  /** Removes the events that are too old to be of interest. */
  public void forgetOld() {
    Instant oldest = clock.instant().minus(KEPT);
    for (StoredObject event : List.copyOf(objects.store().list(ResourceTypes.EVENTS, null))) {
      String created = Json.textOrEmpty(event.tree(), "metadata", "creationTimestamp");
      if (Instant.parse(created).isBefore(oldest)) {
        objects.store().remove(event);
      }
    }
  }
}
