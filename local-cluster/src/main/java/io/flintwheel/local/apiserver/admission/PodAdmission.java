package io.flintwheel.local.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flintwheel.local.apiserver.resource.ApiFailure;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.resource.ResourceTypes;
import io.flintwheel.local.apiserver.store.ObjectStore;
import io.flintwheel.local.apiserver.store.StoredObject;
import java.util.List;

/**
 * What the admission plugins of a stock API server add to a new pod: its service account with the
 * token volume, its priority, and how long it tolerates a lost node.
 */
final class PodAdmission {

  static final String TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
  private static final int TOKEN_SECONDS = 3607;
  private static final int TOLERATED_SECONDS = 300;

  private final ObjectStore store;
  private final RandomSuffix suffix;

  PodAdmission(ObjectStore store, RandomSuffix suffix) {
    this.store = store;
    this.suffix = suffix;
  }

  void admit(String namespace, String name, ObjectNode pod) {
    ObjectNode spec = Json.objectAt(pod, "spec");
    serviceAccount(namespace, name, spec);
    priority(name, spec);
    runtime(name, spec);
    tolerateLostNodes(pod);
  }

  /** Whatever a pod tolerates, a node that is lost it tolerates for a while. */
  void tolerateLostNodes(ObjectNode pod) {
    ObjectNode spec = Json.objectAt(pod, "spec");
    tolerate(spec, "node.kubernetes.io/not-ready");
    tolerate(spec, "node.kubernetes.io/unreachable");
  }

  private void serviceAccount(String namespace, String pod, ObjectNode spec) {
    Json.putIfAbsent(spec, "serviceAccountName", Json.textOrEmpty(spec, "serviceAccount"));
    Json.putIfAbsent(spec, "serviceAccountName", "default");
    String name = spec.get("serviceAccountName").asText();
    spec.put("serviceAccount", name);
    StoredObject account =
        store
            .find(ResourceTypes.SERVICE_ACCOUNTS, namespace, name)
            .orElseThrow(
                () ->
                    ApiFailure.forbidden(
                        ResourceTypes.PODS,
                        pod,
                        "error looking up service account "
                            + namespace
                            + "/"
                            + name
                            + ": serviceaccount \""
                            + name
                            + "\" not found"));
    JsonNode secrets = account.tree().path("imagePullSecrets");
    if (!spec.has("imagePullSecrets") && !secrets.isEmpty()) {
      spec.set("imagePullSecrets", secrets.deepCopy());
    }
    JsonNode wanted = spec.path("automountServiceAccountToken");
    JsonNode offered = account.tree().path("automountServiceAccountToken");
    boolean mount = wanted.isBoolean() ? wanted.asBoolean() : offered.asBoolean(true);
    if (mount) {
      mountToken(spec);
    }
  }

  private void mountToken(ObjectNode spec) {
    String volume = "kube-api-access-" + suffix.next();
    boolean mounted = false;
    for (String list : List.of("containers", "initContainers")) {
      for (ObjectNode container : Json.objects(spec, list)) {
        boolean own =
            Json.objects(container, "volumeMounts").stream()
                .anyMatch(mount -> TOKEN_PATH.equals(Json.text(mount, "mountPath")));
        if (!own) {
          Json.arrayAt(container, "volumeMounts")
              .addObject()
              .put("name", volume)
              .put("readOnly", true)
              .put("mountPath", TOKEN_PATH);
          mounted = true;
        }
      }
    }
    if (mounted) {
      Json.arrayAt(spec, "volumes").add(tokenVolume(volume));
    }
  }

  private static ObjectNode tokenVolume(String name) {
    ObjectNode volume = Json.object().put("name", name);
    ObjectNode projected = volume.putObject("projected");
    ArrayNode sources = projected.putArray("sources");
    sources
        .addObject()
        .putObject("serviceAccountToken")
        .put("expirationSeconds", TOKEN_SECONDS)
        .put("path", "token");
    ObjectNode authority =
        sources.addObject().putObject("configMap").put("name", "kube-root-ca.crt");
    authority.putArray("items").addObject().put("key", "ca.crt").put("path", "ca.crt");
    ObjectNode namespace =
        sources
            .addObject()
            .putObject("downwardAPI")
            .putArray("items")
            .addObject()
            .put("path", "namespace");
    namespace.putObject("fieldRef").put("apiVersion", "v1").put("fieldPath", "metadata.namespace");
    projected.put("defaultMode", 420);
    return volume;
  }

  private void priority(String pod, ObjectNode spec) {
    String className = Json.textOrEmpty(spec, "priorityClassName");
    int priority = 0;
    String preemption = "PreemptLowerPriority";
    if (className.startsWith("system-")) {
      priority = className.equals("system-node-critical") ? 2_000_001_000 : 2_000_000_000;
    } else if (!className.isEmpty()) {
      JsonNode found =
          store
              .find(ResourceTypes.PRIORITY_CLASSES, "", className)
              .orElseThrow(
                  () ->
                      ApiFailure.forbidden(
                          ResourceTypes.PODS,
                          pod,
                          "no PriorityClass with name " + className + " was found"))
              .tree();
      priority = found.path("value").asInt();
      preemption = found.path("preemptionPolicy").asText(preemption);
    }
    computed(pod, spec, "integer value of priority", "priority", Integer.toString(priority));
    computed(pod, spec, "string value of PreemptionPolicy", "preemptionPolicy", preemption);
    spec.put("priority", priority);
    spec.put("preemptionPolicy", preemption);
  }

  private static void computed(
      String pod, ObjectNode spec, String what, String field, String value) {
    String sent = Json.textOrEmpty(spec, field);
    if (!sent.isEmpty() && !sent.equals(value)) {
      throw ApiFailure.forbidden(
          ResourceTypes.PODS,
          pod,
          "the "
              + what
              + " ("
              + sent
              + ") must not be provided in pod spec; priority admission controller computed "
              + value
              + " from the given PriorityClass name");
    }
  }

  /** There are no runtime classes here. */
  private static void runtime(String pod, ObjectNode spec) {
    String wanted = Json.textOrEmpty(spec, "runtimeClassName");
    if (!wanted.isEmpty()) {
      throw ApiFailure.forbidden(
          ResourceTypes.PODS, pod, "pod rejected: RuntimeClass \"" + wanted + "\" not found");
    }
    if (!spec.path("overhead").isEmpty()) {
      throw ApiFailure.forbidden(
          ResourceTypes.PODS,
          pod,
          "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead");
    }
  }

  private static void tolerate(ObjectNode spec, String taint) {
    boolean already =
        Json.objects(spec, "tolerations").stream()
            .filter(t -> !t.has("effect") || "NoExecute".equals(Json.text(t, "effect")))
            .anyMatch(t -> taint.equals(Json.text(t, "key")) || !t.has("key"));
    if (!already) {
      Json.arrayAt(spec, "tolerations")
          .addObject()
          .put("key", taint)
          .put("operator", "Exists")
          .put("effect", "NoExecute")
          .put("tolerationSeconds", TOLERATED_SECONDS);
    }
  }
}
