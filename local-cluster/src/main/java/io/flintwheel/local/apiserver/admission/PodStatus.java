package io.flintwheel.local.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.Json;
import java.util.List;

/** The status with which a pod begins. */
final class PodStatus {

  private PodStatus() {}

  static ObjectNode initial(ObjectNode pod) {
    return Json.object().put("phase", "Pending").put("qosClass", qosClass(pod.path("spec")));
  }

  /**
   * Guaranteed: cpu and memory limited everywhere, requests equal to limits. BestEffort: neither.
   */
  static String qosClass(JsonNode spec) {
    boolean guaranteed = true;
    boolean bestEffort = true;
    for (String list : List.of("containers", "initContainers")) {
      for (JsonNode container : spec.path(list)) {
        JsonNode limits = container.path("resources").path("limits");
        JsonNode requests = container.path("resources").path("requests");
        for (String resource : List.of("cpu", "memory")) {
          boolean limited = limits.has(resource);
          bestEffort &= !limited && !requests.has(resource);
          guaranteed &= limited && sameAmount(limits.path(resource), requests.path(resource));
        }
      }
    }
    if (bestEffort) {
      return "BestEffort";
    }
    return guaranteed ? "Guaranteed" : "Burstable";
  }

  private static boolean sameAmount(JsonNode limit, JsonNode request) {
    return request.isMissingNode()
        || Amount.parse(limit.asText()).compareTo(Amount.parse(request.asText())) == 0;
  }
}
