package io.flintwheel.local.apiserver.controller;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.local.apiserver.resource.Json;
import io.flintwheel.local.apiserver.store.StoredObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Why a pod may not run on a node, apart from room. */
final class NodeFilter {

  private static final String UNTOLERATED = "node(s) had untolerated taint(s)";
  private static final String UNMATCHED = "node(s) didn't match Pod's node affinity/selector";

  private NodeFilter() {}

  /** The reasons in the scheduler's words; empty when the pod may run there. */
  static List<String> against(StoredObject pod, StoredObject node) {
    JsonNode spec = pod.tree().path("spec");
    if (node.tree().path("spec").path("unschedulable").asBoolean()) {
      return List.of("node(s) were unschedulable");
    }
    for (JsonNode taint : node.tree().path("spec").path("taints")) {
      if (!"PreferNoSchedule".equals(Json.text(taint, "effect")) && !tolerated(spec, taint)) {
        return List.of(UNTOLERATED);
      }
    }
    if (!ready(node)) {
      return List.of(UNTOLERATED);
    }
    JsonNode labels = node.tree().path("metadata").path("labels");
    for (Map.Entry<String, JsonNode> wanted : spec.path("nodeSelector").properties()) {
      if (!wanted.getValue().asText().equals(Json.text(labels, wanted.getKey()))) {
        return List.of(UNMATCHED);
      }
    }
    JsonNode terms =
        Json.at(
            spec,
            "affinity",
            "nodeAffinity",
            "requiredDuringSchedulingIgnoredDuringExecution",
            "nodeSelectorTerms");
    return terms.isEmpty() || anyTerm(terms, labels) ? List.of() : List.of(UNMATCHED);
  }

  static boolean ready(StoredObject node) {
    return Json.objects(node.tree(), "status", "conditions").stream()
        .anyMatch(
            condition ->
                "Ready".equals(Json.text(condition, "type"))
                    && "True".equals(Json.text(condition, "status")));
  }

  private static boolean tolerated(JsonNode spec, JsonNode taint) {
    for (JsonNode toleration : spec.path("tolerations")) {
      String key = Json.textOrEmpty(toleration, "key");
      String effect = Json.textOrEmpty(toleration, "effect");
      boolean exists = "Exists".equals(Json.text(toleration, "operator"));
      boolean keyMatches = key.isEmpty() ? exists : key.equals(Json.textOrEmpty(taint, "key"));
      boolean effectMatches = effect.isEmpty() || effect.equals(Json.textOrEmpty(taint, "effect"));
      boolean valueMatches =
          exists || Json.textOrEmpty(toleration, "value").equals(Json.textOrEmpty(taint, "value"));
      if (keyMatches && effectMatches && valueMatches) {
        return true;
      }
    }
    return false;
  }

  private static boolean anyTerm(JsonNode terms, JsonNode labels) {
    for (JsonNode term : terms) {
      boolean all = !term.path("matchExpressions").isEmpty();
      for (JsonNode expression : term.path("matchExpressions")) {
        all &= holds(expression, labels);
      }
      if (all) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(JsonNode expression, JsonNode labels) {
    String value = Json.text(labels, Json.textOrEmpty(expression, "key"));
    Set<String> values = new HashSet<>();
    expression.path("values").forEach(each -> values.add(each.asText()));
    return switch (Json.textOrEmpty(expression, "operator")) {
      case "In" -> value != null && values.contains(value);
      case "NotIn" -> value == null || !values.contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> false;
    };
  }
}
