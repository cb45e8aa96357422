package io.flintwheel.local.apiserver.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.flintwheel.local.apiserver.resource.Json;
import java.time.Instant;
import java.util.Set;

/** What {@code kubectl get pods} shows of a pod. */
final class PodColumns {

  private static final String SCHEDULING_GATED = "SchedulingGated";

  private PodColumns() {}

  static String ready(JsonNode pod) {
    int ready = 0;
    for (JsonNode status : pod.path("status").path("containerStatuses")) {
      if (status.path("ready").asBoolean() && status.path("state").has("running")) {
        ready++;
      }
    }
    return ready + "/" + pod.path("spec").path("containers").size();
  }

  /** How many, and how long ago the last was. */
  static String restarts(JsonNode pod, Instant now) {
    int restarts = 0;
    String last = "";
    for (JsonNode status : pod.path("status").path("containerStatuses")) {
      restarts += status.path("restartCount").asInt();
      String ended = Json.textOrEmpty(status, "lastState", "terminated", "finishedAt");
      last = ended.compareTo(last) > 0 ? ended : last;
    }
    return restarts == 0 || last.isEmpty()
        ? Integer.toString(restarts)
        : restarts + " (" + Ages.since(last, now) + " ago)";
  }

  /** The phase, or what the containers tell more exactly. */
  static String status(JsonNode pod) {
    String phase = Json.textOrEmpty(pod, "status", "phase");
    String reason = Json.textOrEmpty(pod, "status", "reason");
    String shown = reason.isEmpty() ? phase : reason;
    if (SCHEDULING_GATED.equals(Json.text(condition(pod, "PodScheduled"), "reason"))) {
      shown = SCHEDULING_GATED;
    }
    String initializing = initializing(pod);
    if (!initializing.isEmpty()) {
      shown = initializing;
    }
    if (initializing.isEmpty() || holds(pod, "Initialized")) {
      shown = ofContainers(pod, shown);
    }
    if (!pod.path("metadata").has("deletionTimestamp")) {
      return shown;
    }
    if (reason.equals("NodeLost")) {
      return "Unknown";
    }
    return Set.of("Succeeded", "Failed").contains(phase) ? shown : "Terminating";
  }

  private static String ofContainers(JsonNode pod, String otherwise) {
    String shown = otherwise;
    boolean running = false;
    JsonNode statuses = pod.path("status").path("containerStatuses");
    // Backwards, so that the first container that tells something has the last word.
    for (int i = statuses.size() - 1; i >= 0; i--) {
      JsonNode status = statuses.get(i);
      JsonNode state = status.path("state");
      String waiting = Json.textOrEmpty(state, "waiting", "reason");
      JsonNode terminated = state.path("terminated");
      if (!waiting.isEmpty()) {
        shown = waiting;
      } else if (terminated.isObject()) {
        shown = ended(terminated);
      } else if (status.path("ready").asBoolean() && state.has("running")) {
        running = true;
      }
    }
    if (shown.equals("Completed") && running) {
      return holds(pod, "Ready") ? "Running" : "NotReady";
    }
    return shown;
  }

  /** What the first init container that has not done its work tells; empty when all have. */
  private static String initializing(JsonNode pod) {
    JsonNode containers = pod.path("spec").path("initContainers");
    int index = 0;
    for (JsonNode status : pod.path("status").path("initContainerStatuses")) {
      JsonNode state = status.path("state");
      JsonNode terminated = state.path("terminated");
      String waiting = Json.textOrEmpty(state, "waiting", "reason");
      boolean sidecar = "Always".equals(Json.text(containers.path(index), "restartPolicy"));
      boolean done =
          terminated.isObject()
              ? terminated.path("exitCode").asInt() == 0
              : sidecar && status.path("started").asBoolean();
      if (!done && terminated.isObject()) {
        return "Init:" + ended(terminated);
      }
      if (!done) {
        return waiting.isEmpty() || waiting.equals("PodInitializing")
            ? "Init:" + index + "/" + containers.size()
            : "Init:" + waiting;
      }
      index++;
    }
    return "";
  }

  private static JsonNode condition(JsonNode pod, String type) {
    for (JsonNode condition : pod.path("status").path("conditions")) {
      if (type.equals(Json.text(condition, "type"))) {
        return condition;
      }
    }
    return MissingNode.getInstance();
  }

  private static boolean holds(JsonNode pod, String type) {
    return "True".equals(Json.text(condition(pod, type), "status"));
  }

  private static String ended(JsonNode terminated) {
    String reason = Json.textOrEmpty(terminated, "reason");
    if (!reason.isEmpty()) {
      return reason;
    }
    int signal = terminated.path("signal").asInt();
    return signal != 0 ? "Signal:" + signal : "ExitCode:" + terminated.path("exitCode").asInt();
  }

  static String orNone(JsonNode pod, String... path) {
    String text = Json.textOrEmpty(pod, path);
    return text.isEmpty() ? "<none>" : text;
  }
}
