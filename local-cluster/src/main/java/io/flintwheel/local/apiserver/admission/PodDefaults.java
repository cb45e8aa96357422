package io.flintwheel.local.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.Json;
import java.util.List;
import java.util.Map;

/** The values that a pod has when nobody said otherwise. */
final class PodDefaults {

  private static final int FILE_MODE = 420;

  private PodDefaults() {}

  static void fill(ObjectNode pod) {
    ObjectNode spec = Json.objectAt(pod, "spec");
    Json.putIfAbsent(spec, "restartPolicy", "Always");
    Json.putIfAbsent(spec, "terminationGracePeriodSeconds", 30);
    if (spec.path("terminationGracePeriodSeconds").asLong() < 0) {
      spec.put("terminationGracePeriodSeconds", 1);
    }
    Json.putIfAbsent(spec, "dnsPolicy", "ClusterFirst");
    Json.putIfAbsent(spec, "schedulerName", "default-scheduler");
    Json.objectAt(spec, "securityContext");
    if (!spec.has("enableServiceLinks")) {
      spec.put("enableServiceLinks", true);
    }
    for (String list : List.of("containers", "initContainers")) {
      Json.objects(spec, list).forEach(PodDefaults::container);
    }
    Json.objects(spec, "volumes").forEach(PodDefaults::volume);
  }

  private static void container(ObjectNode container) {
    Json.putIfAbsent(
        container, "imagePullPolicy", pullPolicy(Json.textOrEmpty(container, "image")));
    Json.putIfAbsent(container, "terminationMessagePath", "/dev/termination-log");
    Json.putIfAbsent(container, "terminationMessagePolicy", "File");
    ObjectNode resources = Json.objectAt(container, "resources");
    for (String list : List.of("limits", "requests")) {
      if (resources.path(list) instanceof ObjectNode amounts) {
        List.copyOf(amounts.properties())
            .forEach(
                amount ->
                    amounts.put(amount.getKey(), Amount.inThousandths(amount.getValue().asText())));
      }
    }
    if (resources.path("limits") instanceof ObjectNode limits) {
      ObjectNode requests = Json.objectAt(resources, "requests");
      for (Map.Entry<String, JsonNode> limit : limits.properties()) {
        if (!requests.has(limit.getKey())) {
          requests.set(limit.getKey(), limit.getValue());
        }
      }
    }
    Json.objects(container, "ports").forEach(port -> Json.putIfAbsent(port, "protocol", "TCP"));
    for (ObjectNode variable : Json.objects(container, "env")) {
      if (variable.path("valueFrom").path("fieldRef") instanceof ObjectNode reference) {
        Json.putIfAbsent(reference, "apiVersion", "v1");
      }
    }
    for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
      if (container.path(probe) instanceof ObjectNode present) {
        probe(present);
      }
    }
    for (String hook : List.of("postStart", "preStop")) {
      if (container.path("lifecycle").path(hook) instanceof ObjectNode present) {
        handler(present);
      }
    }
  }

  private static void probe(ObjectNode probe) {
    Json.putIfAbsent(probe, "timeoutSeconds", 1);
    Json.putIfAbsent(probe, "periodSeconds", 10);
    Json.putIfAbsent(probe, "successThreshold", 1);
    Json.putIfAbsent(probe, "failureThreshold", 3);
    handler(probe);
  }

  private static void handler(ObjectNode handler) {
    if (handler.path("httpGet") instanceof ObjectNode get) {
      Json.putIfAbsent(get, "path", "/");
      Json.putIfAbsent(get, "scheme", "HTTP");
    }
  }

  private static void volume(ObjectNode volume) {
    if (volume.size() == 1) {
      volume.putObject("emptyDir");
    }
    for (String source : List.of("configMap", "secret", "projected", "downwardAPI")) {
      if (volume.path(source) instanceof ObjectNode present) {
        Json.putIfAbsent(present, "defaultMode", FILE_MODE);
        fieldReferences(present);
      }
    }
    for (ObjectNode source : Json.objects(volume, "projected", "sources")) {
      if (source.path("serviceAccountToken") instanceof ObjectNode token) {
        Json.putIfAbsent(token, "expirationSeconds", 3600);
      }
      if (source.path("downwardAPI") instanceof ObjectNode downward) {
        fieldReferences(downward);
      }
    }
    if (volume.path("hostPath") instanceof ObjectNode path && !path.has("type")) {
      path.put("type", "");
    }
  }

  private static void fieldReferences(ObjectNode source) {
    for (ObjectNode item : Json.objects(source, "items")) {
      if (item.path("fieldRef") instanceof ObjectNode reference) {
        Json.putIfAbsent(reference, "apiVersion", "v1");
      }
    }
  }

  /** Images without a tag, or tagged latest, are pulled each time. */
  private static String pullPolicy(String image) {
    String name = image.substring(image.lastIndexOf('/') + 1);
    if (name.contains("@")) {
      return "IfNotPresent";
    }
    int colon = name.indexOf(':');
    return colon < 0 || name.substring(colon + 1).equals("latest") ? "Always" : "IfNotPresent";
  }
}
