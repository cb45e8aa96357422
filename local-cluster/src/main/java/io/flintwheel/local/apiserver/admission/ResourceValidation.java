package io.flintwheel.local.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.flintwheel.local.apiserver.resource.FieldError;
import io.flintwheel.local.apiserver.resource.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks of what a container requests and may use. */
final class ResourceValidation {

  private static final Set<String> OF_CONTAINERS = Set.of("cpu", "memory", "ephemeral-storage");

  /** What quotas count beside that. */
  private static final Set<String> STANDARD =
      Set.of(
          "requests.cpu",
          "requests.memory",
          "requests.storage",
          "requests.ephemeral-storage",
          "limits.cpu",
          "limits.memory",
          "limits.ephemeral-storage",
          "pods",
          "resourcequotas",
          "services",
          "replicationcontrollers",
          "secrets",
          "persistentvolumeclaims",
          "configmaps",
          "services.loadbalancers",
          "services.nodeports",
          "storage");

  private ResourceValidation() {}

  static void check(JsonNode resources, String at, List<FieldError> errors) {
    for (String list : List.of("limits", "requests")) {
      for (Map.Entry<String, JsonNode> amount : resources.path(list).properties()) {
        String name = amount.getKey();
        String field = at + "." + list + "[" + name + "]";
        name(name, field, errors);
        amount(name, amount.getValue().asText(), field, errors);
        if (list.equals("requests")) {
          withinLimit(name, amount.getValue().asText(), resources, at, errors);
        }
      }
    }
  }

  private static void name(String name, String at, List<FieldError> errors) {
    List<FieldError> wrong = Names.qualified(at, name);
    errors.addAll(wrong);
    boolean plain = !name.contains("/");
    boolean ofContainers = OF_CONTAINERS.contains(name) || name.startsWith("hugepages-");
    if (plain && !ofContainers) {
      if (wrong.isEmpty() && !STANDARD.contains(name)) {
        errors.add(
            FieldError.invalid(at, name, "must be a standard resource type or fully qualified"));
      }
      errors.add(FieldError.invalid(at, name, "must be a standard resource for containers"));
    } else if (!plain && !own(name) && !extended(name)) {
      errors.add(FieldError.invalid(at, name, "doesn't follow extended resource name standard"));
    }
  }

  private static void amount(String name, String text, String at, List<FieldError> errors) {
    BigDecimal amount = Amount.parse(text);
    if (amount.signum() < 0) {
      errors.add(FieldError.invalid(at, text, "must be greater than or equal to 0"));
    }
    if (extended(name) && amount.stripTrailingZeros().scale() > 0) {
      errors.add(FieldError.invalid(at, text, "must be an integer"));
    }
  }

  private static void withinLimit(
      String name, String request, JsonNode resources, String at, List<FieldError> errors) {
    String limit = Json.text(resources, "limits", name);
    boolean overcommitted = own(name) && !name.startsWith("hugepages-");
    if (limit == null) {
      if (!overcommitted) {
        errors.add(
            FieldError.required(
                at + ".limits", "Limit must be set for non overcommitable resources"));
      }
      return;
    }
    int compared = Amount.parse(request).compareTo(Amount.parse(limit));
    if (compared > 0 || (compared < 0 && !overcommitted)) {
      errors.add(
          FieldError.invalid(
              at + ".requests",
              request,
              (overcommitted ? "must be less than or equal to " : "must be equal to ")
                  + name
                  + " limit of "
                  + limit));
    }
  }

  /** Kubernetes' own, not one of a device plugin. */
  private static boolean own(String name) {
    return !name.contains("/") || name.contains("kubernetes.io/");
  }

  private static boolean extended(String name) {
    return !own(name)
        && !name.startsWith("requests.")
        && Names.qualified("", "requests." + name).isEmpty();
  }
}
