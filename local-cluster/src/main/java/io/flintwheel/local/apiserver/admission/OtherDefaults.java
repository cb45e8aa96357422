package io.flintwheel.local.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceType;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** The values that objects other than pods and Services have when nobody said otherwise. */
final class OtherDefaults {

  private OtherDefaults() {}

  static void fill(ResourceType type, ObjectNode object) {
    if (type.equals(ResourceTypes.NAMESPACES)) {
      namespace(object);
    } else if (type.equals(ResourceTypes.SECRETS)) {
      secret(object);
    } else if (type.equals(ResourceTypes.PERSISTENT_VOLUME_CLAIMS)) {
      Json.putIfAbsent(Json.objectAt(object, "spec"), "volumeMode", "Filesystem");
      Json.putIfAbsent(Json.objectAt(object, "status"), "phase", "Pending");
    } else if (type.equals(ResourceTypes.PRIORITY_CLASSES)) {
      Json.putIfAbsent(object, "preemptionPolicy", "PreemptLowerPriority");
    } else if (type.equals(ResourceTypes.ROLE_BINDINGS)
        || type.equals(ResourceTypes.CLUSTER_ROLE_BINDINGS)) {
      binding(object);
    } else if (type.equals(ResourceTypes.EVENTS)) {
      Json.objectAt(object, "source");
      Json.objectAt(object, "involvedObject");
      if (!object.has("reportingComponent")) {
        object.put("reportingComponent", "");
      }
      if (!object.has("reportingInstance")) {
        object.put("reportingInstance", "");
      }
    }
  }

  private static void namespace(ObjectNode namespace) {
    String name = Json.textOrEmpty(namespace, "metadata", "name");
    Json.objectAt(namespace, "metadata", "labels").put("kubernetes.io/metadata.name", name);
    ObjectNode spec = Json.objectAt(namespace, "spec");
    if (!spec.has("finalizers") && !namespace.path("metadata").has("deletionTimestamp")) {
      spec.putArray("finalizers").add("kubernetes");
    }
    Json.putIfAbsent(Json.objectAt(namespace, "status"), "phase", "Active");
  }

  /** stringData is for writing only: it ends up in data. */
  private static void secret(ObjectNode secret) {
    Json.putIfAbsent(secret, "type", "Opaque");
    if (secret.remove("stringData") instanceof ObjectNode texts && !texts.isEmpty()) {
      ObjectNode data = Json.objectAt(secret, "data");
      for (Map.Entry<String, JsonNode> text : texts.properties()) {
        byte[] bytes = text.getValue().asText().getBytes(StandardCharsets.UTF_8);
        data.put(text.getKey(), Base64.getEncoder().encodeToString(bytes));
      }
    }
  }

  private static void binding(ObjectNode binding) {
    Json.putIfAbsent(Json.objectAt(binding, "roleRef"), "apiGroup", "rbac.authorization.k8s.io");
    for (ObjectNode subject : Json.objects(binding, "subjects")) {
      if (!"ServiceAccount".equals(Json.text(subject, "kind"))) {
        Json.putIfAbsent(subject, "apiGroup", "rbac.authorization.k8s.io");
      }
    }
  }
}
