package io.flintwheel.local.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectFieldSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The downward API: what a pod may be told about itself.
 *
 * @param pod as the API server shows it
 * @param podIp its address on this node
 * @param hostIp the node's address
 * @param allocatable what a container without limits may use
 */
record DownwardFields(Pod pod, String podIp, String hostIp, Map<String, Quantity> allocatable) {

  DownwardFields {
    allocatable = Map.copyOf(allocatable);
  }

  String field(ObjectFieldSelector selector) throws CannotStart {
    String path = selector.getFieldPath();
    var metadata = pod.getMetadata();
    int subscript = path.indexOf("['");
    if (subscript > 0 && path.endsWith("']")) {
      String key = path.substring(subscript + 2, path.length() - 2);
      return entries(path.substring(0, subscript), path).getOrDefault(key, "");
    }
    return switch (path) {
      case "metadata.name" -> metadata.getName();
      case "metadata.namespace" -> metadata.getNamespace();
      case "metadata.uid" -> metadata.getUid();
      case "metadata.labels", "metadata.annotations" -> lines(entries(path, path));
      case "spec.nodeName" -> pod.getSpec().getNodeName();
      case "spec.serviceAccountName" -> orEmpty(pod.getSpec().getServiceAccountName());
      case "status.hostIP", "status.hostIPs" -> hostIp;
      case "status.podIP", "status.podIPs" -> podIp;
      default -> throw CannotStart.missingConfiguration("unsupported fieldPath: " + path);
    };
  }

  String resource(ResourceFieldSelector selector, Container container) throws CannotStart {
    String[] path = selector.getResource().split("\\.", 2);
    if (path.length != 2) {
      throw CannotStart.missingConfiguration("unsupported resource: " + selector.getResource());
    }
    ResourceRequirements resources = container.getResources();
    Quantity amount = resources == null ? null : amounts(resources, path[0]).get(path[1]);
    if (amount == null) {
      amount = path[0].equals("limits") ? allocatable.get(path[1]) : new Quantity("0");
    }
    if (amount == null) {
      throw CannotStart.missingConfiguration("unsupported resource: " + selector.getResource());
    }
    Quantity divisor = selector.getDivisor();
    BigDecimal unit = divisor == null ? BigDecimal.ONE : Quantity.getAmountInBytes(divisor);
    return Quantity.getAmountInBytes(amount)
        .divide(unit.signum() == 0 ? BigDecimal.ONE : unit, 0, RoundingMode.CEILING)
        .toPlainString();
  }

  private Map<String, String> entries(String kind, String path) throws CannotStart {
    Map<String, String> found =
        switch (kind) {
          case "metadata.labels" -> pod.getMetadata().getLabels();
          case "metadata.annotations" -> pod.getMetadata().getAnnotations();
          default -> throw CannotStart.missingConfiguration("unsupported fieldPath: " + path);
        };
    return found == null ? Map.of() : found;
  }

  private static Map<String, Quantity> amounts(ResourceRequirements resources, String kind) {
    Map<String, Quantity> amounts =
        kind.equals("limits") ? resources.getLimits() : resources.getRequests();
    return amounts == null ? Map.of() : amounts;
  }

  private static String lines(Map<String, String> entries) {
    return new TreeMap<>(entries)
        .entrySet().stream()
            .map(e -> e.getKey() + "=\"" + escaped(e.getValue()) + "\"")
            .collect(Collectors.joining("\n"));
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }
}
