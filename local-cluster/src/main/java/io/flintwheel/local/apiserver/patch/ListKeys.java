package io.flintwheel.local.apiserver.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the elements of lists are told apart, from the API's types: by their path without indexes. A
 * field name alone would be ambiguous ({@code ports} of a container and of a Service).
 */
final class ListKeys {

  /** For strategic merge patch, where one key suffices. */
  private static final Map<String, String> MERGE_KEYS =
      Map.ofEntries(
          Map.entry("metadata.ownerReferences", "uid"),
          Map.entry("containers", "name"),
          Map.entry("initContainers", "name"),
          Map.entry("ephemeralContainers", "name"),
          Map.entry("volumes", "name"),
          Map.entry("volumeMounts", "mountPath"),
          Map.entry("volumeDevices", "devicePath"),
          Map.entry("env", "name"),
          Map.entry("Pod:ports", "containerPort"),
          Map.entry("Service:ports", "port"),
          Map.entry("imagePullSecrets", "name"),
          Map.entry("ServiceAccount:secrets", "name"),
          Map.entry("hostAliases", "ip"),
          Map.entry("topologySpreadConstraints", "topologyKey"),
          Map.entry("conditions", "type"),
          Map.entry("podIPs", "ip"),
          Map.entry("hostIPs", "ip"),
          Map.entry("addresses", "type"),
          Map.entry("resourceClaims", "name"),
          Map.entry("schedulingGates", "name"));

  /** Lists of scalars that strategic merge patch treats as sets. */
  private static final Set<String> MERGED_SCALARS =
      Set.of("metadata.finalizers", "podCIDRs", "Namespace:finalizers");

  /** For server-side apply, where these lists have more than one key. */
  private static final Map<String, List<String>> APPLY_KEYS =
      Map.of(
          "Pod:ports", List.of("containerPort", "protocol"),
          "Service:ports", List.of("port", "protocol"),
          "topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable"));

  private ListKeys() {}

  /** The key of a list's elements, or empty when the list is replaced as a whole. */
  static String mergeKey(String kind, String path) {
    return found(MERGE_KEYS, kind, path, "");
  }

  static List<String> applyKeys(String kind, String path) {
    String single = mergeKey(kind, path);
    return found(APPLY_KEYS, kind, path, single.isEmpty() ? List.of() : List.of(single));
  }

  static boolean scalarSet(String kind, String path) {
    String field = lastOf(path);
    return MERGED_SCALARS.contains(path)
        || MERGED_SCALARS.contains(field)
        || MERGED_SCALARS.contains(kind + ":" + field);
  }

  /** The value of an element's key; server-side apply counts an absent protocol as TCP. */
  static String keyOf(JsonNode element, List<String> keys) {
    StringBuilder key = new StringBuilder();
    for (String field : keys) {
      JsonNode value = element instanceof ObjectNode object ? object.path(field) : element;
      String text = value.isMissingNode() && field.equals("protocol") ? "TCP" : value.asText();
      key.append(field).append('=').append(text).append(';');
    }
    return key.toString();
  }

  private static <T> T found(Map<String, T> table, String kind, String path, T otherwise) {
    T byPath = table.get(path);
    if (byPath != null) {
      return byPath;
    }
    String field = lastOf(path);
    T byKind = table.get(kind + ":" + field);
    if (byKind != null) {
      return byKind;
    }
    return table.getOrDefault(field, otherwise);
  }

  private static String lastOf(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
