package io.flintwheel.local.apiserver.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.Json;

/** The conditions in the status of a pod or a node. */
public final class Conditions {

  private Conditions() {}

  /** The condition of a type, added when there is none yet. */
  public static ObjectNode of(ObjectNode object, String type) {
    ObjectNode status = Json.objectAt(object, "status");
    for (ObjectNode condition : Json.objects(status, "conditions")) {
      if (type.equals(Json.text(condition, "type"))) {
        return condition;
      }
    }
    return Json.arrayAt(status, "conditions").addObject().put("type", type);
  }

  /** Sets the status; the time of transition only moves with it. */
  public static void set(ObjectNode condition, String status, String now) {
    if (!status.equals(Json.text(condition, "status"))) {
      condition.put("status", status);
      condition.put("lastTransitionTime", now);
    }
    if (!condition.has("lastProbeTime")) {
      condition.putNull("lastProbeTime");
    }
  }
}
